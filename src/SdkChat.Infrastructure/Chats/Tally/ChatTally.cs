using Dapper;
using Npgsql;
using SdkChat.Application.Common.Exceptions;
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

    /// <summary>Counting millions of chats takes a minute.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Database _database;
    private readonly TallyShape _shape;
    private readonly TimeProvider _clock;

    internal ChatTally(Database database, TallyShape shape, TimeProvider? clock = null) =>
        (_database, _shape, _clock) = (database, shape, clock ?? TimeProvider.System);

    /// <summary>Counts what is not counted yet, after whoever is counting now.</summary>
    /// <exception cref="Application.Common.Exceptions.UnavailableException">Storage cannot answer now; nothing was counted.</exception>
    public Task FoldAsync(CancellationToken cancellationToken) => InTurnAsync(TallyFold.RunAsync, cancellationToken);

    /// <summary>Compares every count with the rows, in one snapshot, and counts anew where one is wrong.</summary>
    /// <param name="checkOnly">Change nothing.</param>
    /// <exception cref="Application.Common.Exceptions.UnavailableException">Storage cannot answer now; nothing was changed.</exception>
    public Task<TallyReport> RepairAsync(bool checkOnly, CancellationToken cancellationToken) => InTurnAsync(
        async transaction =>
        {
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
            .. await transaction.QueryAsync<TallyDifference>(SlotSql.Wrong, most),
        ];
    }

    /// <summary>
    /// Takes the turn as often as it takes: the lock ends with the transaction, whatever happens to this process or to a connection that a
    /// pooler keeps. A transaction that began before another fold ended is too late, and begins again.
    /// </summary>
    private Task<T> InTurnAsync<T>(Func<TallyTransaction, Task<T>> work, CancellationToken cancellationToken) => _database.RunAsync(
        async connection =>
        {
            for (var started = _clock.GetTimestamp(); ; await Task.Delay(Pause, _clock, cancellationToken))
            {
                try
                {
                    await using var transaction = await TallyTransaction.TryBeginAsync(connection, _shape, cancellationToken);
                    if (transaction is not null)
                        return await work(transaction);
                }
                catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.SerializationFailure)
                {
                    continue;
                }

                if (_clock.GetElapsedTime(started) > Patience)
                    throw await BusyAsync(connection, cancellationToken);
            }
        },
        cancellationToken);

    private static async Task<SdkChatException> BusyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var holders = await connection.QueryAsync<LockHolder>(new CommandDefinition(
            SchemaSql.Holders, new { key = TallyTransaction.AdvisoryLock }, cancellationToken: cancellationToken));
        return new SdkChatException(
            ErrorCode.Unavailable,
            FormattableString.Invariant($"The history counts have been locked for {Patience.TotalSeconds:F0} s by {LockHolder.Describe([.. holders])}: end that session, and try again."));
    }
}
