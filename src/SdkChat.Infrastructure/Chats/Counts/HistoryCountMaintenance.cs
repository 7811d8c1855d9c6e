using Dapper;
using Npgsql;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>
/// The counts behind the history lists, for verbs: brought up to date, or compared with the rows. The service keeps them by
/// itself, and answers exactly however far behind they are.
/// </summary>
public sealed class HistoryCountMaintenance
{
    /// <summary>How many differences are listed.</summary>
    private const int MaxDifferences = 100;

    /// <summary>Counting millions of chats takes a minute.</summary>
    private static readonly TimeSpan WaitLimit = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Database _database;
    private readonly CountShape _shape;
    private readonly TimeProvider _clock;

    internal HistoryCountMaintenance(Database database, CountShape shape, TimeProvider? clock = null) =>
        (_database, _shape, _clock) = (database, shape, clock ?? TimeProvider.System);

    /// <summary>Counts what is not counted yet, after an update that is running now, and packs running totals.</summary>
    /// <exception cref="Application.Common.Exceptions.UnavailableException">Storage cannot answer now; nothing was counted.</exception>
    public async Task ApplyPendingAsync(CancellationToken cancellationToken)
    {
        while (await InTurnAsync(CountUpdater.RunAsync, cancellationToken) == CountUpdateResult.Unfinished)
        {
        }
    }

    /// <summary>
    /// Compares every count with the rows, in one snapshot (errors and items in another), and counts again where one is wrong; wrong errors
    /// and items are counted again by the worker.
    /// </summary>
    /// <param name="checkOnly">Change nothing.</param>
    /// <exception cref="Application.Common.Exceptions.UnavailableException">Storage cannot answer now; nothing was changed.</exception>
    public async Task<CountReport> RepairAsync(bool checkOnly, CancellationToken cancellationToken)
    {
        var report = await RepairCountsAsync(checkOnly, cancellationToken);
        var texts = await RepairTextsAsync(checkOnly, cancellationToken);
        return report with { Differences = [.. report.Differences, .. texts], TextDifferences = texts.Count };
    }

    private Task<CountReport> RepairCountsAsync(bool checkOnly, CancellationToken cancellationToken) => InTurnAsync(
        async transaction =>
        {
            var watermark = await transaction.WatermarkAsync();
            if (!watermark.IsForeign)
                await transaction.CatchUpAsync(watermark);
            var differences = await DifferencesAsync(transaction);
            if (checkOnly)
                return new CountReport(watermark.IsForeign, differences);

            if (watermark.IsForeign || differences.Count > 0)
                await transaction.BuildAsync();
            await transaction.CommitAsync();
            return new CountReport(watermark.IsForeign, differences);
        },
        cancellationToken);

    /// <summary>
    /// Without the lock: it reads every result, which takes a minute for each million, and one statement is one snapshot.
    /// </summary>
    private Task<List<CountDifference>> RepairTextsAsync(bool checkOnly, CancellationToken cancellationToken) => _database.RunAsync(
        async connection =>
        {
            List<CountDifference> differences = [.. await CompareAsync(TextSql.Wrong), .. await CompareAsync(TextPackSql.Wrong)];
            if (differences.Count > 0 && !checkOnly)
                await connection.ExecuteAsync(new CommandDefinition(TextSql.Discard, cancellationToken: cancellationToken));
            return differences;

            Task<IEnumerable<CountDifference>> CompareAsync(string sql) => connection.QueryAsync<CountDifference>(
                new CommandDefinition(sql, new { max = MaxDifferences }, commandTimeout: 0, cancellationToken: cancellationToken));
        },
        cancellationToken);

    private static async Task<IReadOnlyList<CountDifference>> DifferencesAsync(CountTransaction transaction)
    {
        var most = new { max = MaxDifferences };
        return
        [
            .. await transaction.QueryAsync<CountDifference>(CountRepairSql.MissingBlocks, most),
            .. await transaction.QueryAsync<CountDifference>(CountRepairSql.StrayBounds, most),
            .. await transaction.QueryAsync<CountDifference>(CountRepairSql.WrongBlocks, most),
            .. await transaction.QueryAsync<CountDifference>(SlotSql.Wrong, most),
            .. await transaction.QueryAsync<CountDifference>(RunningTotalSql.Wrong, most),
            .. await TotalPacker.DifferencesAsync(transaction, MaxDifferences),
        ];
    }

    /// <summary>
    /// Tries to take the lock until it succeeds: the lock ends with the transaction, whatever happens to this process or to a connection
    /// that a pooler keeps. A transaction that began before another update of the counts ended is too late, and begins again.
    /// </summary>
    private Task<T> InTurnAsync<T>(Func<CountTransaction, Task<T>> work, CancellationToken cancellationToken) => _database.RunAsync(
        async connection =>
        {
            for (var started = _clock.GetTimestamp(); ; await Task.Delay(Pause, _clock, cancellationToken))
            {
                try
                {
                    await using var transaction = await CountTransaction.TryBeginAsync(connection, _shape, cancellationToken);
                    if (transaction is not null)
                        return await work(transaction);
                }
                catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.SerializationFailure)
                {
                    continue;
                }

                if (_clock.GetElapsedTime(started) > WaitLimit)
                    throw await BusyAsync(connection, cancellationToken);
            }
        },
        cancellationToken);

    private static async Task<SdkChatException> BusyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var holders = await connection.QueryAsync<LockHolder>(new CommandDefinition(
            SchemaSql.Holders, new { key = CountTransaction.AdvisoryLock }, cancellationToken: cancellationToken));
        return new SdkChatException(
            ErrorCode.Unavailable,
            FormattableString.Invariant(
                $"The history counts have been locked for {WaitLimit.TotalSeconds:F0} s by {LockHolder.Describe([.. holders])}: end that session, and try again."));
    }
}
