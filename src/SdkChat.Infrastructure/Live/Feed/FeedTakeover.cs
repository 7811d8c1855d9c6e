using Dapper;
using Npgsql;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// Makes the events of a database that was copied from another server this server's own: it removes events that lie ahead of the
/// server, and begins the feed again. Safe on any number of nodes at once and while transitions are stored: an event that
/// this server stored is never removed.
/// </summary>
public sealed class FeedTakeover
{
    private readonly Database _database;

    internal FeedTakeover(Database database) => _database = database;

    /// <summary>Takes the feed over where it comes from another server; otherwise it changes nothing.</summary>
    /// <param name="checkOnly">Change nothing in any case.</param>
    /// <exception cref="Application.Common.Exceptions.UnavailableException">Storage cannot answer now; nothing was changed.</exception>
    public Task<FeedTakeoverReport> RunAsync(bool checkOnly, CancellationToken cancellationToken) =>
        _database.RunAsync(connection => RunAsync(connection, checkOnly, cancellationToken), cancellationToken);

    private static async Task<FeedTakeoverReport> RunAsync(NpgsqlConnection connection, bool checkOnly, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // Ten minutes of a busy service's events take longer than a statement of a request may.
        CommandDefinition Command(string sql) => new(sql, transaction: transaction, commandTimeout: 0, cancellationToken: cancellationToken);

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

/// <summary>What a takeover found.</summary>
public sealed record FeedTakeoverReport
{
    /// <summary>The events come from another server: its dump was restored here, or its rows were replicated.</summary>
    public bool IsForeign { get; init; }

    /// <summary>Events of the former server that were removed, or would be. Their history is in the chats.</summary>
    public long Events { get; init; }
}
