using Dapper;
using Npgsql;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Retention;

/// <summary>How many rows a purge has deleted.</summary>
internal sealed record RetentionReport(int Chats, int Sessions, int Profiles);

/// <summary>Deletes rows that are older than the retention period.</summary>
internal sealed class RetentionPurge(Database database, TimeProvider clock)
{
    /// <summary>Rows of the first batch. A batch waits for the worker of the history counts, and the worker for it.</summary>
    private const int FirstBatch = 100;

    private const int SmallestBatch = 20;

    private const int LargestBatch = 500;

    /// <summary>Any constant that no other user of the database locks; "retain" in hexadecimal.</summary>
    internal const long AdvisoryLock = 0x72657461696E;

    /// <summary>After a longer one the next batch is smaller: chats of many tenants and days change many counts.</summary>
    private static readonly TimeSpan LongBatch = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Deletes all older rows; nothing if another node is doing so.</summary>
    /// <param name="before">By this node's clock. The database's clock must agree that the period has passed.</param>
    public async Task<RetentionReport> RunAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync(RetentionSql.EndOrphans, null, cancellationToken);
        var chats = await DeleteAsync([RetentionSql.Chats], before, cancellationToken);
        var sessions = await DeleteAsync([RetentionSql.Sessions], before, cancellationToken);
        var profiles = await DeleteAsync([RetentionSql.HoldCounts, RetentionSql.Profiles], before, cancellationToken);
        if (chats > 0)
            await database.RunAsync(connection => TidyAsync(connection, before, cancellationToken), cancellationToken);
        return new RetentionReport(chats, sessions, profiles);
    }

    /// <summary>Deletes in batches, and pauses as long as each has taken: half of the time the counts are free for others.</summary>
    /// <param name="statements">Of one batch; the last deletes.</param>
    private async Task<int> DeleteAsync(IReadOnlyList<string> statements, DateTimeOffset before, CancellationToken cancellationToken)
    {
        for (var (deleted, size) = (0, FirstBatch); ;)
        {
            var parameters = new { before, keepSeconds = KeepSeconds(before), batchSize = size, turn = AdvisoryLock };
            var started = clock.GetTimestamp();
            var rows = await database.RunAsync(
                connection => ExecuteAsync(connection, statements, parameters, cancellationToken), cancellationToken);
            var elapsed = clock.GetElapsedTime(started);
            deleted += rows;
            if (rows < size)
                return deleted;
            size = NextSize(size, elapsed);
            await Task.Delay(elapsed > MinPause ? elapsed : MinPause, clock, cancellationToken);
        }
    }

    private static int NextSize(int size, TimeSpan elapsed) =>
        elapsed > LongBatch ? Math.Max(size / 2, SmallestBatch)
        : elapsed < LongBatch / 4 ? Math.Min(size * 2, LargestBatch)
        : size;

    /// <returns>How many rows the last statement has changed.</returns>
    private static async Task<int> ExecuteAsync(
        NpgsqlConnection connection, IReadOnlyList<string> statements, object parameters, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var rows = 0;
        // No limit by the client: the same rows would be taken again and again.
        foreach (var sql in statements)
        {
            rows = await connection.ExecuteAsync(
                new CommandDefinition(sql, parameters, transaction, commandTimeout: 0, cancellationToken: cancellationToken));
        }

        await transaction.CommitAsync(cancellationToken);
        return rows;
    }

    private double KeepSeconds(DateTimeOffset before) => (clock.GetUtcNow() - before).TotalSeconds;

    private async Task<bool> TidyAsync(NpgsqlConnection connection, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(
            RetentionSql.HoldCounts, transaction: transaction, cancellationToken: cancellationToken));
        for (var level = CountShape.Levels; level >= 1; level--)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                RetentionSql.EmptyBlocks, new { level, before, keepSeconds = KeepSeconds(before) }, transaction,
                cancellationToken: cancellationToken));
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
