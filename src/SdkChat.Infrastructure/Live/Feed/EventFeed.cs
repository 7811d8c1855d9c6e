using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Live;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// Reads the events that any node committed and dispatches them. It is woken by this node's commits, by notifications of other nodes, and
/// at an interval in case both were lost. After an interruption it continues from its position. If another node relays its batches, this
/// node takes those, as long as each begins at this node's position.
/// </summary>
internal sealed partial class EventFeed : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Bytes of one read that are kept for the relay. If there are more, the other nodes read the database.</summary>
    private const long MaxRelayedBytes = 8 << 20;

    private readonly EventReader _reader;
    private readonly IFeedRelay _relay;
    private readonly EventDispatcher _dispatcher;
    private readonly ILiveHub _hub;
    private readonly FeedLiveness _liveness;
    private readonly FeedSchedule _schedule;
    private readonly TimeProvider _clock;
    private readonly ILogger<EventFeed> _logger;

    private TimeSpan _pause;

    public EventFeed(
        FeedConnections connections,
        IFeedRelay relay,
        EventDispatcher dispatcher,
        ILiveHub hub,
        ISubscribedTenants subscribed,
        FeedLiveness liveness,
        FeedSchedule schedule,
        TimeProvider clock,
        ILogger<EventFeed> logger)
    {
        _reader = new EventReader(connections.Database, clock: clock, kinds: () => subscribed.SubscribedKinds);
        _relay = relay;
        (_dispatcher, _hub, _liveness, _schedule, _clock, _logger) = (dispatcher, hub, liveness, schedule, clock, logger);
    }

    /// <summary>
    /// Takes the feed's position before the server listens, since the first stream must get all events that commit after it was opened.
    /// </summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryReadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            if (_pause > TimeSpan.Zero)
                await Task.Delay(_pause, _clock, stoppingToken);
            else
                await _schedule.WaitAsync(stoppingToken);
            await TryReadAsync(stoppingToken);
        }
    }

    private async Task TryReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FollowAsync(cancellationToken);
            if (!_relay.IsFollowing)
                await ReadToEndAsync(cancellationToken);
            if (_pause > TimeSpan.Zero)
                FeedReturned();
            _pause = TimeSpan.Zero;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The feed continues after any failure: no other code on this node would notice that it had stopped.
            if (exception is not UnavailableException)
                ReadFailed(exception);
            else if (_pause == TimeSpan.Zero)
                FeedUnavailable(exception.InnerException?.Message);
            _pause = _pause == TimeSpan.Zero ? FirstPause : TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, LongestPause.Ticks));
        }
    }

    /// <summary>Takes the relayed batches, and reads the database if one is missing.</summary>
    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (_relay.Take() is { } batch)
        {
            if (batch.IsComplete && _reader.TakeOver(batch.From, batch.To, batch.Events) is { } events)
            {
                await _dispatcher.DispatchAsync(events, cancellationToken);
                _liveness.RecordProgress();
                _relay.Followed();
            }
            else
            {
                Gap();
                await ReadToEndAsync(cancellationToken);
            }
        }
    }

    private async Task ReadToEndAsync(CancellationToken cancellationToken)
    {
        var from = _reader.Position;
        var read = new List<FeedItem>();
        var bytes = 0L;
        FeedBatch batch;
        do
        {
            batch = await _reader.ReadAsync(cancellationToken);
            if (batch.Takeover is { } takeover)
                TookOver(takeover.Events);
            if (batch.PositionExpired)
                EndStreams(batch.IsAnotherDatabase);

            await _dispatcher.DispatchAsync(batch.Committed, cancellationToken);
            bytes += batch.Bytes;
            if (batch.PositionExpired || bytes > MaxRelayedBytes)
                from = null;
            if (from is not null)
                read.AddRange(batch.Committed);
        }
        while (!batch.IsLast);

        _liveness.RecordProgress();
        // Without a start position the other nodes see a gap and read the database.
        _relay.Pass(from, _reader.Position!, from is null ? [] : read);
    }

    private void EndStreams(bool isAnotherDatabase)
    {
        if (isAnotherDatabase)
            AnotherDatabase();
        else
            PositionExpired();
        _hub.EndAll(isAnotherDatabase ? StreamEndReason.FeedReset : StreamEndReason.Lagged);
    }

    [LoggerMessage(3001, LogLevel.Debug, "The relayed batch does not begin at this node's position: it reads the database")]
    private partial void Gap();

    [LoggerMessage(3002, LogLevel.Warning, "The change feed cannot read the database: {Reason}")]
    private partial void FeedUnavailable(string? reason);

    [LoggerMessage(3003, LogLevel.Information, "The change feed reads again, from its last position")]
    private partial void FeedReturned();

    [LoggerMessage(
        3004, LogLevel.Warning, "The change feed's position expired: events were removed before this node read them; its streams end")]
    private partial void PositionExpired();

    [LoggerMessage(
        3005, LogLevel.Warning,
        "The database is another one than the change feed read before, or an older copy; this node's streams end, and their readers read "
            + "history again")]
    private partial void AnotherDatabase();

    [LoggerMessage(
        3006, LogLevel.Warning,
        "The database was copied from another server: its change feed begins again, {Events} events of the former server were removed")]
    private partial void TookOver(long events);

    [LoggerMessage(3007, LogLevel.Error, "Reading the change feed failed")]
    private partial void ReadFailed(Exception exception);
}
