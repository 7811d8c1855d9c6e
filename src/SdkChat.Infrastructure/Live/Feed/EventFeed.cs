using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Live;
using SdkChat.Infrastructure.Live.Feed.Relay;
using SdkChat.Infrastructure.Live.Hub;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// Reads what was committed, on whichever node, and has it dispatched. It waits to be woken: by this node's own commits, by
/// another's notification, and by a clock in case both were lost. After an interruption it goes on from where it was. Where
/// another node passes its readings on it takes those, as long as each begins where its own place is.
/// </summary>
internal sealed partial class EventFeed : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Items of one reading that are kept to be passed on. What is more costs the others a reading of their own.</summary>
    private const long MostRelayedBytes = 8 << 20;

    private readonly EventReader _reader;
    private readonly IFeedRelay _relay;
    private readonly EventDispatcher _dispatcher;
    private readonly SseHub _hub;
    private readonly FeedPulse _pulse;
    private readonly FeedWakeUp _wakeUp;
    private readonly TimeProvider _clock;
    private readonly ILogger<EventFeed> _logger;

    private TimeSpan _pause;

    public EventFeed(
        FeedConnections connections,
        IFeedRelay relay,
        EventDispatcher dispatcher,
        SseHub hub,
        FeedPulse pulse,
        FeedWakeUp wakeUp,
        TimeProvider clock,
        ILogger<EventFeed> logger)
    {
        _reader = new EventReader(connections.Database, clock: clock);
        _relay = relay;
        (_dispatcher, _hub, _pulse, _wakeUp, _clock, _logger) = (dispatcher, hub, pulse, wakeUp, clock, logger);
    }

    /// <summary>Takes the feed's place before the server listens: the first stream to come is promised what commits after it.</summary>
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
                await _wakeUp.WaitAsync(stoppingToken);
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
            // Whatever it was, the feed goes on: nothing else on this node would notice that it had ended.
            if (exception is not UnavailableException)
                ReadFailed(exception);
            else if (_pause == TimeSpan.Zero)
                FeedAway(exception.InnerException?.Message);
            _pause = _pause == TimeSpan.Zero ? FirstPause : TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, LongestPause.Ticks));
        }
    }

    /// <summary>Takes what another node has passed on; reads for itself what did not get here.</summary>
    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (_relay.Take() is { } batch)
        {
            if (batch.IsComplete && _reader.TakeOver(batch.From, batch.To, batch.Events) is { } events)
            {
                await _dispatcher.DispatchAsync(events, cancellationToken);
                _pulse.Beat();
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
        var from = _reader.Place;
        var read = new List<CommittedEvent>();
        var bytes = 0L;
        FeedBatch batch;
        do
        {
            batch = await _reader.ReadAsync(cancellationToken);
            if (batch.Takeover is { } takeover)
                TookOver(takeover.Events);
            if (batch.PlaceGone)
                EndStreams(batch.IsAnotherDatabase);

            await _dispatcher.DispatchAsync(batch.Committed, cancellationToken);
            bytes += batch.Bytes;
            if (batch.PlaceGone || bytes > MostRelayedBytes)
                from = null;
            if (from is not null)
                read.AddRange(batch.Committed);
        }
        while (!batch.IsLast);

        _pulse.Beat();
        // Without a place to begin at the others see a gap, and read for themselves.
        _relay.Pass(from, _reader.Place!, from is null ? [] : read);
    }

    private void EndStreams(bool isAnotherDatabase)
    {
        if (isAnotherDatabase)
            AnotherDatabase();
        else
            PlaceGone();
        _hub.EndAll(isAnotherDatabase ? StreamEndReason.FeedReset : StreamEndReason.Lagged);
    }

    [LoggerMessage(LogLevel.Debug, "What was passed on does not begin where this node is: it reads for itself")]
    private partial void Gap();

    [LoggerMessage(LogLevel.Warning, "The feed cannot read: {Reason}")]
    private partial void FeedAway(string? reason);

    [LoggerMessage(LogLevel.Information, "The feed reads again, from where it was")]
    private partial void FeedReturned();

    [LoggerMessage(LogLevel.Warning, "The feed's place is gone: events were removed before this node could read them; its streams end")]
    private partial void PlaceGone();

    [LoggerMessage(LogLevel.Warning, "The database is another one, or an older copy, than the one that the feed read before; this node's streams end and read history again")]
    private partial void AnotherDatabase();

    [LoggerMessage(LogLevel.Warning, "The database was copied from another server: its change feed begins again, {Events} events of the former server were removed")]
    private partial void TookOver(long events);

    [LoggerMessage(LogLevel.Error, "Reading the feed failed")]
    private partial void ReadFailed(Exception exception);
}
