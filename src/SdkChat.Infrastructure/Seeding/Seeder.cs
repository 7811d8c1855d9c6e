using System.Threading.Channels;
using Dapper;
using Npgsql;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Chats;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Seeding;

/// <summary>
/// Fills a tenant with made-up history. Rows are made as they are written, a batch at a time, so memory holds a few batches
/// however many rows there are. Every batch is stored by itself: what an interruption leaves is whole rows.
/// </summary>
public sealed class Seeder
{
    private const int BatchSize = 20_000;

    /// <summary>One more than it takes to keep two cores busy gains nothing: the server is the bottleneck.</summary>
    private const int Writers = 2;

    private readonly Database _database;

    internal Seeder(Database database) => _database = database;

    /// <param name="progress">Counts along; after a failure it tells what has been stored.</param>
    /// <exception cref="UnavailableException">Storage cannot answer now; what was stored stays.</exception>
    /// <exception cref="OperationCanceledException">Likewise.</exception>
    public async Task SeedAsync(SeedPlan plan, SeedProgress progress, CancellationToken cancellationToken)
    {
        var shoppers = await WriteProfilesAsync(plan, progress, cancellationToken);
        await WriteChatsAsync(new ChatGenerator(plan, shoppers), progress, cancellationToken);
        await _database.RunAsync(
            connection => connection.ExecuteAsync(new CommandDefinition(
                SeedSql.Vacuum, commandTimeout: 0, cancellationToken: cancellationToken)),
            cancellationToken);
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

    private async Task WriteChatsAsync(ChatGenerator generator, SeedProgress progress, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batches = Channel.CreateBounded<ChatState[]>(1);
        var tasks = Enumerable.Range(0, Writers).Select(_ => WriteBatchesAsync(batches.Reader, progress, stop.Token))
            .Append(MakeBatchesAsync(generator, batches.Writer, stop.Token))
            .ToList();

        // The first that fails stops the others; theirs are only consequences.
        await foreach (var task in Task.WhenEach(tasks))
        {
            if (!task.IsCompletedSuccessfully)
                await stop.CancelAsync();
        }

        var failed = tasks.Find(task => task.IsFaulted);
        await (failed ?? Task.WhenAll(tasks));
    }

    private static Task MakeBatchesAsync(ChatGenerator generator, ChannelWriter<ChatState[]> batches, CancellationToken cancellationToken) =>
        Task.Run(
            async () =>
            {
                foreach (var batch in generator.Generate().Chunk(BatchSize))
                    await batches.WriteAsync(batch, cancellationToken);
                batches.Complete();
            },
            cancellationToken);

    private async Task WriteBatchesAsync(ChannelReader<ChatState[]> batches, SeedProgress progress, CancellationToken cancellationToken)
    {
        await foreach (var batch in batches.ReadAllAsync(cancellationToken))
        {
            await RunAsync(connection => SeedRows.Write(connection, batch, cancellationToken), cancellationToken);
            progress.AddChats(batch.Length);
        }
    }

    private Task<int> RunAsync(Action<NpgsqlConnection> write, CancellationToken cancellationToken) =>
        Task.Run(
            () => _database.RunAsync(
                async connection =>
                {
                    await connection.ExecuteAsync(new CommandDefinition(SeedSql.CommitWithoutWaiting, cancellationToken: cancellationToken));
                    write(connection);
                    return 0;
                },
                cancellationToken),
            cancellationToken);
}
