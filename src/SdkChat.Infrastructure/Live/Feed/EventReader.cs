using System.Globalization;
using SdkChat.Application.Live;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// Reads committed events, each once. What counts is which transactions have become visible since the reading before, not
/// the numbers of events: those are given out before the commit, and a higher one may be visible first. So a transaction
/// that commits late is never skipped, and one that stays open delays nobody. The events of one chat come in the order of
/// their commits, as each waited for the chat's row before it got its number. Not for more than one caller at a time.
/// </summary>
internal sealed class EventReader(
    Database database, int page = EventReader.DefaultPage, TimeProvider? clock = null, int pageBytes = EventReader.DefaultPageBytes, Func<LiveEvents>? kinds = null)
{
    private const int DefaultPage = 200;

    /// <summary>Items in one page: events of 256 KiB each must not come two hundred at a time.</summary>
    private const int DefaultPageBytes = 1 << 20;

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly FeedTakeover _takeover = new(database);

    private readonly Func<LiveEvents> _kinds = kinds ?? (() => LiveEvents.Default);

    private FeedPosition? _position;

    /// <summary>Where it stands; null before the first reading, and between two pages of one.</summary>
    public FeedPosition? Position => _position is { Target: null } ? _position : null;

    /// <summary>
    /// What has been committed since the reading before; nothing the first time, which takes the reader's place. A reading
    /// that fails has read nothing, and can be tried again for as long as events are kept.
    /// </summary>
    /// <exception cref="Application.Common.Exceptions.UnavailableException">The database does not answer.</exception>
    public Task<FeedBatch> ReadAsync(CancellationToken cancellationToken) =>
        _position is { } position ? ReadAsync(position, cancellationToken) : StartAsync(cancellationToken);

    private async Task<FeedBatch> StartAsync(CancellationToken cancellationToken)
    {
        FeedTakeoverReport? takeover = null;
        var start = await database.QuerySingleOrDefaultAsync<FeedStartRow>(ChatEventSql.Start, null, cancellationToken);
        if (start!.IsForeign)
        {
            takeover = await _takeover.RunAsync(checkOnly: false, cancellationToken);
            start = await database.QuerySingleOrDefaultAsync<FeedStartRow>(ChatEventSql.Start, null, cancellationToken);
        }

        if (start!.IsForeign)
            throw new InvalidOperationException("The events still come from another server after they were taken over: rows go on being copied from there.");

        _position = new FeedPosition(start.Seen, Xid(start.LastXid)) { Epoch = start.Epoch };
        return new FeedBatch([], IsLast: true, PositionExpired: false) { Takeover = takeover is { IsForeign: true } ? takeover : null };
    }

    private async Task<FeedBatch> ReadAsync(FeedPosition place, CancellationToken cancellationToken)
    {
        var rows = await QueryAsync(place, cancellationToken);
        if (rows[0].PositionExpired || rows[0].IsAnotherDatabase(place))
        {
            // Whoever relied on what lay between is told; from here on it goes on without a gap.
            var started = await StartAsync(cancellationToken);
            return started with { PositionExpired = true, IsAnotherDatabase = rows[0].IsAnotherDatabase(place) };
        }

        var events = rows.Where(row => row.EventId is not null).ToArray();
        var now = _clock.GetUtcNow();
        // Before the place moves: otherwise a row that cannot be read would be skipped, and those beside it.
        FeedItem[] committed = [.. events.Select(row => row.ToItem(now))];
        var isLast = events.Length == 0 || events.Length == events[0].Waiting;
        _position = isLast
            ? new FeedPosition(rows[0].Target, Xid(rows[0].LastXid)) { Epoch = place.Epoch }
            : place with { Target = rows[0].Target, After = events[^1].EventId!.Value };
        return new FeedBatch(committed, isLast, PositionExpired: false);
    }

    /// <summary>
    /// Reads the kinds that streams carry. A stream that was opened during the query may carry more, and it gets everything that commits after
    /// its opening, which the query may have seen and left out: then the query is repeated from the same position.
    /// </summary>
    private async Task<IReadOnlyList<ChatEventRow>> QueryAsync(FeedPosition position, CancellationToken cancellationToken)
    {
        while (true)
        {
            var kinds = _kinds();
            var parameters = new
            {
                seen = position.Seen, lastXid = Text(position.LastXid), target = position.Target, after = position.After,
                kinds = ChatEventKinds.ToRead(kinds), page, pageBytes,
            };
            var rows = await database.QueryAsync<ChatEventRow>(ChatEventSql.Read, parameters, cancellationToken);
            if ((_kinds() & ~kinds) == 0)
                return rows;
        }
    }

    /// <summary>Takes over what another reader has read, so that it need not be read again.</summary>
    /// <returns>Those of the events that are new here, or null where the two do not meet: what lies between must be read.</returns>
    public IReadOnlyList<FeedItem>? TakeOver(FeedPosition from, FeedPosition to, IReadOnlyList<FeedItem> events)
    {
        if (Position is not { } place || Meet(place, from, to) is not { } next)
            return null;

        _position = next;
        return [.. events.Where(committed => !place.Covers(committed.Xid))];
    }

    /// <summary>Where a reader that stands at <paramref name="place"/> comes to by another's way from one place to another; null where that begins further on.</summary>
    internal static FeedPosition? Meet(FeedPosition place, FeedPosition from, FeedPosition to) => place.Covers(from) ? place.Furthest(to) : null;

    private static ulong Xid(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(ulong xid) => xid.ToString(CultureInfo.InvariantCulture);
}
