using Dapper;
using Npgsql;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// Converts the events of a database that was copied from another server: it removes events whose transaction ids are ahead of this server,
/// and starts a new epoch. Safe on any number of nodes at once and while transitions are stored: an event that this server stored is never
/// removed.
/// </summary>
public sealed class FeedTakeover
{
    private readonly Database _database;

    internal FeedTakeover(Database database) => _database = database;

    /// <summary>Takes the feed over if it comes from another server; otherwise changes nothing.</summary>
    /// <param name="checkOnly">Only check, change nothing.</param>
    /// <exception cref="Application.Common.Exceptions.UnavailableException">Storage cannot answer now. Nothing was changed.</exception>
    public Task<FeedTakeoverReport> RunAsync(bool checkOnly, CancellationToken cancellationToken) =>
        _database.RunAsync(connection => RunAsync(connection, checkOnly, cancellationToken), cancellationToken);

    private static async Task<FeedTakeoverReport> RunAsync(NpgsqlConnection connection, bool checkOnly, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Removing ten minutes of a busy service's events takes longer than a request's statement may.
        CommandDefinition Command(string sql) =>
            new(sql, transaction: transaction, commandTimeout: 0, cancellationToken: cancellationToken);

        if (!checkOnly)
            await connection.ExecuteAsync(Command(FeedTakeoverSql.Lock));
        var report = await connection.QuerySingleAsync<FeedTakeoverReport>(Command(FeedTakeoverSql.Check));
        if (checkOnly || !report.IsForeign)
            return report;

        var dropped = await connection.ExecuteAsync(Command(FeedTakeoverSql.DropEvents));
        await connection.ExecuteAsync(Command(FeedTakeoverSql.Begin));
        await connection.ExecuteAsync(Command(FeedTakeoverSql.RenewDirectory));
        await transaction.CommitAsync(cancellationToken);
        return report with { Events = dropped };
    }
}

/// <summary>The result of a takeover.</summary>
public sealed record FeedTakeoverReport
{
    /// <summary>Whether the events come from another server: its dump was restored here, or its rows were replicated.</summary>
    public bool IsForeign { get; init; }

    /// <summary>The number of events of the former server that were removed, or would be. Their chats still have the history.</summary>
    public long Events { get; init; }
}
