using System.Globalization;
using SdkChat.Application.Live;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// Reads committed events, each once. It looks for transactions that have become visible since the previous read, not for higher event
/// numbers: those are assigned before the commit, so a higher one may be visible first. A transaction that commits late is therefore never
/// skipped, and one that stays open delays no other. The events of one chat are in the order of their commits, since each waits for the
/// lock on the chat's row before it gets its number. Not thread-safe.
/// </summary>
internal sealed class EventReader(
    Database database, int page = EventReader.DefaultPage, TimeProvider? clock = null, int pageBytes = EventReader.DefaultPageBytes,
    Func<LiveEvents>? kinds = null)
{
    private const int DefaultPage = 200;

    /// <summary>Bytes of items in one page: 200 events of 256 KiB each would be too many for one page.</summary>
    private const int DefaultPageBytes = 1 << 20;

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly FeedTakeover _takeover = new(database);

    private readonly Func<LiveEvents> _kinds = kinds ?? (() => LiveEvents.Default);

    private FeedPosition? _position;

    /// <summary>The position; null before the first read, and between two pages of one read.</summary>
    public FeedPosition? Position => _position is { Target: null } ? _position : null;

    /// <summary>
    /// Reads the events that were committed since the previous read. The first call returns none and sets the position. If a read fails,
    /// the position is unchanged; it can be repeated for as long as events are kept.
    /// </summary>
    /// <exception cref="Application.Common.Exceptions.UnavailableException">The database does not answer.</exception>
    public Task<FeedBatch> ReadAsync(CancellationToken cancellationToken) =>
        _position is { } position ? ReadAsync(position, cancellationToken) : StartAsync(cancellationToken);

    private async Task<FeedBatch> StartAsync(CancellationToken cancellationToken)
    {
        FeedTakeoverReport? takeover = null;
        var start = await database.QuerySingleOrDefaultAsync<FeedStartRow>(EventFeedSql.Start, null, cancellationToken);
        if (start!.IsForeign)
        {
            takeover = await _takeover.RunAsync(checkOnly: false, cancellationToken);
            start = await database.QuerySingleOrDefaultAsync<FeedStartRow>(EventFeedSql.Start, null, cancellationToken);
        }

        if (start!.IsForeign)
            throw new InvalidOperationException(
                "The events still come from another server after they were taken over: rows go on being copied from there.");

        _position = new FeedPosition(start.Seen, Xid(start.LastXid)) { Epoch = start.Epoch };
        return new FeedBatch([], IsLast: true, PositionExpired: false) { Takeover = takeover is { IsForeign: true } ? takeover : null };
    }

    private async Task<FeedBatch> ReadAsync(FeedPosition place, CancellationToken cancellationToken)
    {
        var rows = await QueryAsync(place, cancellationToken);
        if (rows[0].PositionExpired || rows[0].IsAnotherDatabase(place))
        {
            // The batch reports that events may be missing. Reading continues without a gap from the new position.
            var started = await StartAsync(cancellationToken);
            return started with { PositionExpired = true, IsAnotherDatabase = rows[0].IsAnotherDatabase(place) };
        }

        var events = rows.Where(row => row.EventId is not null).ToArray();
        var now = _clock.GetUtcNow();
        // Convert before the position moves: otherwise a row that cannot be read would be skipped, together with its neighbours.
        FeedItem[] committed = [.. events.Select(row => row.ToItem(now))];
        var isLast = events.Length == 0 || events.Length == events[0].Waiting;
        _position = isLast
            ? new FeedPosition(rows[0].Target, Xid(rows[0].LastXid)) { Epoch = place.Epoch }
            : place with { Target = rows[0].Target, After = events[^1].EventId!.Value };
        return new FeedBatch(committed, isLast, PositionExpired: false);
    }

    /// <summary>
    /// Reads the kinds that streams carry. A stream that was opened during the query may carry further kinds and must get all events that
    /// commit after its opening. The query may have omitted such events, so it is then repeated from the same position.
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
            var rows = await database.QueryAsync<ChatEventRow>(EventFeedSql.Read, parameters, cancellationToken);
            if ((_kinds() & ~kinds) == 0)
                return rows;
        }
    }

    /// <summary>Takes over the events that another reader has read, so that they need not be read again.</summary>
    /// <returns>
    /// The events that are new here; null if there is a gap between this reader's position and <paramref name="from"/>, which must be read.
    /// </returns>
    public IReadOnlyList<FeedItem>? TakeOver(FeedPosition from, FeedPosition to, IReadOnlyList<FeedItem> events)
    {
        if (Position is not { } place || Meet(place, from, to) is not { } next)
            return null;

        _position = next;
        return [.. events.Where(committed => !place.Covers(committed.Xid))];
    }

    /// <summary>
    /// The position of a reader at <paramref name="place"/> after it takes over a batch; null if the batch starts beyond it.
    /// </summary>
    internal static FeedPosition? Meet(FeedPosition place, FeedPosition from, FeedPosition to) =>
        place.Covers(from) ? place.Furthest(to) : null;

    private static ulong Xid(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(ulong xid) => xid.ToString(CultureInfo.InvariantCulture);
}
