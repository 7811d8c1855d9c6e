using Dapper;
using Npgsql;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Chats.Tally;

/// <summary>
/// The counts behind the history lists, for verbs: brought up to date, or compared with the rows. The service keeps them by
/// itself, and answers exactly however far behind they are.
/// </summary>
public sealed class ChatTally
{
    /// <summary>Differences to tell; a count that is wrong is seldom alone.</summary>
    private const int MaxDifferences = 100;

    private readonly Database _database;
    private readonly TallyShape _shape;

    internal ChatTally(Database database, TallyShape shape) => (_database, _shape) = (database, shape);

    /// <summary>Counts what is not counted yet, after whoever is counting now.</summary>
    /// <exception cref="Application.Common.Exceptions.UnavailableException">Storage cannot answer now; nothing was counted.</exception>
    public Task FoldAsync(CancellationToken cancellationToken) => InTurnAsync(
        async connection =>
        {
            // Only somebody who deletes chats can still come in between.
            while (await TallyFold.RunAsync(connection, _shape, cancellationToken) == FoldOutcome.Busy)
            {
            }

            return true;
        },
        cancellationToken);

    /// <summary>Compares every count with the rows, in one snapshot, and counts anew where one is wrong.</summary>
    /// <param name="checkOnly">Change nothing.</param>
    /// <exception cref="Application.Common.Exceptions.UnavailableException">Storage cannot answer now; nothing was changed.</exception>
    public Task<TallyReport> RepairAsync(bool checkOnly, CancellationToken cancellationToken) => InTurnAsync(
        async connection =>
        {
            await using var transaction = await TallyTransaction.TryBeginAsync(connection, _shape, cancellationToken)
                ?? throw new InvalidOperationException("A session that has the turn has the lock.");
            var place = await transaction.PlaceAsync();
            if (!place.IsForeign)
                await transaction.AddTailAsync(place);
            var differences = await DifferencesAsync(transaction);
            if (checkOnly)
                return new TallyReport(place.IsForeign, differences);

            if (place.IsForeign || differences.Count > 0)
                await transaction.BuildAsync();
            await transaction.CommitAsync();
            return new TallyReport(place.IsForeign, differences);
        },
        cancellationToken);

    private static async Task<IReadOnlyList<TallyDifference>> DifferencesAsync(TallyTransaction transaction)
    {
        var most = new { max = MaxDifferences };
        return
        [
            .. await transaction.QueryAsync<TallyDifference>(TallyRepairSql.MissingBlocks, most),
            .. await transaction.QueryAsync<TallyDifference>(TallyRepairSql.StrayBounds, most),
            .. await transaction.QueryAsync<TallyDifference>(TallyRepairSql.WrongBlocks, most),
        ];
    }

    private Task<T> InTurnAsync<T>(Func<NpgsqlConnection, Task<T>> work, CancellationToken cancellationToken) => _database.RunAsync(
        async connection =>
        {
            var turn = new { key = TallyTransaction.AdvisoryLock };
            await connection.ExecuteAsync(new CommandDefinition(TallyRepairSql.WaitForTurn, turn, commandTimeout: 0, cancellationToken: cancellationToken));
            try
            {
                return await work(connection);
            }
            finally
            {
                await EndTurnAsync(connection, turn);
            }
        },
        cancellationToken);

    private static async Task EndTurnAsync(NpgsqlConnection connection, object turn)
    {
        try
        {
            await connection.ExecuteAsync(new CommandDefinition(TallyRepairSql.EndTurn, turn, cancellationToken: CancellationToken.None));
        }
        catch
        {
            // The lock is the session's, and the pool hands sessions on as they are: this one must end.
            NpgsqlConnection.ClearPool(connection);
            throw;
        }
    }
}
