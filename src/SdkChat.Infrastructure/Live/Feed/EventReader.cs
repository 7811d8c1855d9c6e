using System.Globalization;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// Reads committed events, each once. What counts is which transactions have become visible since the reading before, not
/// the numbers of events: those are given out before the commit, and a higher one may be visible first. So a transaction
/// that commits late is never skipped, and one that stays open delays nobody. The events of one chat come in the order of
/// their commits, as each waited for the chat's row before it got its number. Not for more than one caller at a time.
/// </summary>
internal sealed class EventReader(Database database, int page = EventReader.DefaultPage, TimeProvider? clock = null)
{
    private const int DefaultPage = 200;

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    private FeedPlace? _place;

    /// <summary>Where it stands; null before the first reading, and between two pages of one.</summary>
    public FeedPlace? Place => _place is { Target: null } ? _place : null;

    /// <summary>
    /// What has been committed since the reading before; nothing the first time, which takes the reader's place. A reading
    /// that fails has read nothing, and can be tried again for as long as events are kept.
    /// </summary>
    /// <exception cref="Application.Common.Exceptions.UnavailableException">The database does not answer.</exception>
    public Task<FeedBatch> ReadAsync(CancellationToken cancellationToken) =>
        _place is { } place ? ReadAsync(place, cancellationToken) : StartAsync(cancellationToken);

    private async Task<FeedBatch> StartAsync(CancellationToken cancellationToken)
    {
        var start = await database.QuerySingleOrDefaultAsync<FeedStartRow>(ChatEventSql.Start, null, cancellationToken);
        _place = new FeedPlace(start!.Seen, Xid(start.LastXid));
        return new FeedBatch([], IsLast: true, PlaceGone: false);
    }

    private async Task<FeedBatch> ReadAsync(FeedPlace place, CancellationToken cancellationToken)
    {
        var parameters = new { seen = place.Seen, lastXid = Text(place.LastXid), target = place.Target, after = place.After, page };
        var rows = await database.QueryAsync<ChatEventRow>(ChatEventSql.Read, parameters, cancellationToken);
        if (rows[0].PlaceGone)
        {
            // Whoever relied on what lay between is told; from here on it goes on without a gap.
            await StartAsync(cancellationToken);
            return new FeedBatch([], IsLast: true, PlaceGone: true);
        }

        var events = rows.Where(row => row.EventId is not null).ToArray();
        var isLast = events.Length < page;
        var highest = events.Aggregate(Math.Max(place.PageXid, place.LastXid), (xid, row) => Math.Max(xid, row.Transaction));
        _place = isLast
            ? new FeedPlace(rows[0].Target, highest)
            : place with { Target = rows[0].Target, After = events[^1].EventId!.Value, PageXid = highest };
        var now = _clock.GetUtcNow();
        return new FeedBatch([.. events.Select(row => row.ToCommitted(now))], isLast, PlaceGone: false);
    }

    /// <summary>Takes over what another reader has read, so that it need not be read again.</summary>
    /// <returns>Those of the events that are new here, or null where the two do not meet: what lies between must be read.</returns>
    public IReadOnlyList<CommittedEvent>? TakeOver(FeedPlace from, FeedPlace to, IReadOnlyList<CommittedEvent> events)
    {
        if (Place is not { } place || Meet(place, from, to) is not { } next)
            return null;

        _place = next;
        return [.. events.Where(committed => !place.Covers(committed.Xid))];
    }

    /// <summary>Where a reader that stands at <paramref name="place"/> comes to by another's way from one place to another; null where that begins further on.</summary>
    internal static FeedPlace? Meet(FeedPlace place, FeedPlace from, FeedPlace to) => place.Covers(from) ? place.Furthest(to) : null;

    private static ulong Xid(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(ulong xid) => xid.ToString(CultureInfo.InvariantCulture);
}
