using SdkChat.Domain.Chats;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Live;

/// <summary>
/// A node's place in the stored events. Each read gives what was committed since the one before, every event once, those
/// of one chat in the order of their commits (docs/decisions/0009). Not for two readers at a time.
/// </summary>
internal sealed class EventFeed(Database database, TimeProvider clock, TimeSpan kept)
{
    private string? _snapshot;
    private long _readAt;

    /// <summary>Takes the place "now": what commits from here on will be read.</summary>
    /// <exception cref="Application.Common.Exceptions.UnavailableException">The database does not answer.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var at = clock.GetTimestamp();
        _snapshot = await database.QuerySingleOrDefaultAsync<string>(EventSql.Snapshot, null, cancellationToken);
        _readAt = at;
    }

    /// <returns>What is new, or null when events may have been removed unread: the place is lost, and is now.</returns>
    /// <exception cref="Application.Common.Exceptions.UnavailableException">The database does not answer; the place is kept.</exception>
    public async Task<IReadOnlyList<IDomainEvent>?> ReadAsync(CancellationToken cancellationToken)
    {
        var at = clock.GetTimestamp();
        var rows = await database.QueryAsync<EventRow>(EventSql.ReadSince, new { previous = _snapshot }, cancellationToken);

        // Half of what is kept is far more than clocks differ and purges wait.
        var isLost = rows[0].IsBehind || clock.GetElapsedTime(_readAt, at) > kept / 2;
        (_snapshot, _readAt) = (rows[0].Snapshot, at);
        return isLost ? null : [.. rows.Where(row => row.EventId is not null).Select(row => row.ToEvent())];
    }
}
