using Dapper;
using Npgsql;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Development.Seeding;

/// <summary>
/// Fills a tenant with generated history. Rows are generated while they are written, so memory does not grow with their number. Every batch
/// is stored by itself: an interruption leaves complete batches.
/// </summary>
public sealed class Seeder
{
    private const int BatchSize = 20_000;

    /// <summary>More writers would only wait for each other's index pages.</summary>
    private const int Writers = 2;

    private readonly Database _database;
    private readonly HistoryCountMaintenance _counts;

    internal Seeder(Database database, HistoryCountMaintenance counts) => (_database, _counts) = (database, counts);

    /// <param name="progress">Counts the stored rows, also up to a failure.</param>
    /// <exception cref="UnavailableException">Storage cannot answer now. Rows that were stored remain.</exception>
    /// <exception cref="OperationCanceledException">Cancelled. Rows that were stored remain.</exception>
    public async Task SeedAsync(SeedPlan plan, SeedProgress progress, CancellationToken cancellationToken)
    {
        var shoppers = await WriteProfilesAsync(plan, progress, cancellationToken);
        await WriteChatsAsync(plan, shoppers, progress, cancellationToken);
        await _database.RunAsync(
            connection => connection.ExecuteAsync(new CommandDefinition(
                SeedSql.Vacuum, commandTimeout: 0, cancellationToken: cancellationToken)),
            cancellationToken);
        await _counts.ApplyPendingAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<Shopper>> WriteProfilesAsync(SeedPlan plan, SeedProgress progress, CancellationToken cancellationToken)
    {
        var shoppers = new List<Shopper>(plan.Profiles);
        foreach (var batch in new ProfileGenerator(plan).Generate().Chunk(BatchSize))
        {
            await RunAsync(connection => SeedRows.Write(connection, plan.Tenant, batch, cancellationToken), cancellationToken);
            progress.AddProfiles(batch.Length);
            shoppers.AddRange(batch.Select(profile => new Shopper(profile.Id, profile.Language)));
        }

        return shoppers;
    }

    private async Task WriteChatsAsync(
        SeedPlan plan, IReadOnlyList<Shopper> shoppers, SeedProgress progress, CancellationToken cancellationToken)
    {
        var generator = new ChatGenerator(plan, shoppers);
        var batches = Enumerable.Range(0, (plan.Chats + BatchSize - 1) / BatchSize);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(batches, parallel, async (batch, stop) =>
        {
            var first = batch * BatchSize;
            var count = Math.Min(BatchSize, plan.Chats - first);
            await RunAsync(connection => SeedRows.Write(connection, generator.Generate(first, count), stop), stop);
            progress.AddChats(count);
        });
    }

    private Task<int> RunAsync(Action<NpgsqlConnection> write, CancellationToken cancellationToken) =>
        _database.RunAsync(
            async connection =>
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await connection.ExecuteAsync(new CommandDefinition(SeedSql.CommitWithoutWaiting, cancellationToken: cancellationToken));
                write(connection);
                await transaction.CommitAsync(cancellationToken);
                return 0;
            },
            cancellationToken);
}
