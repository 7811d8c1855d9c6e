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
    /// <summary>Rows per statement: few enough not to delay the worker of the history counts, which waits for the same lock.</summary>
    private const int BatchSize = 500;

    /// <summary>Any constant that no other user of the database locks; "retain" in hexadecimal.</summary>
    internal const long AdvisoryLock = 0x72657461696E;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Deletes all older rows; nothing if another node is doing so.</summary>
    /// <param name="before">By this node's clock. The database's clock must agree that the period has passed.</param>
    public async Task<RetentionReport> RunAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync(RetentionSql.EndOrphans, null, cancellationToken);
        var chats = await EatAsync(RetentionSql.Chats, before, cancellationToken);
        var sessions = await EatAsync(RetentionSql.Sessions, before, cancellationToken);
        var profiles = await EatAsync(RetentionSql.Profiles, before, cancellationToken);
        if (chats > 0)
            await database.RunAsync(connection => TidyAsync(connection, before, cancellationToken), cancellationToken);
        return new RetentionReport(chats, sessions, profiles);
    }

    private async Task<int> EatAsync(string sql, DateTimeOffset before, CancellationToken cancellationToken)
    {
        for (var eaten = 0; ;)
        {
            var parameters = new { before, keepSeconds = KeepSeconds(before), batchSize = BatchSize, turn = AdvisoryLock };
            // No limit by the client: the same rows would be taken again and again.
            var command = new CommandDefinition(sql, parameters, commandTimeout: 0, cancellationToken: cancellationToken);
            var rows = await database.RunAsync(connection => connection.ExecuteAsync(command), cancellationToken);
            eaten += rows;
            if (rows < BatchSize)
                return eaten;
            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    private double KeepSeconds(DateTimeOffset before) => (clock.GetUtcNow() - before).TotalSeconds;

    private async Task<bool> TidyAsync(NpgsqlConnection connection, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(RetentionSql.HoldCounts, transaction: transaction, cancellationToken: cancellationToken));
        for (var level = CountShape.Levels; level >= 1; level--)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                RetentionSql.EmptyBlocks, new { level, before, keepSeconds = KeepSeconds(before) }, transaction, cancellationToken: cancellationToken));
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
