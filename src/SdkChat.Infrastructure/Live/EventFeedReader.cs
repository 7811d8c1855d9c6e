using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Live;
using SdkChat.Domain.Chats;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Live;

/// <summary>
/// Reads committed events and hands each to MediatR, one after the other: the only way from a change to a stream, also on
/// the node that made the change.
/// </summary>
internal sealed partial class EventFeedReader(
    Database database,
    EventSignal signal,
    SseHub hub,
    LiveMetrics metrics,
    IServiceScopeFactory scopes,
    IOptions<LiveOptions> options,
    TimeProvider clock,
    ILogger<EventFeedReader> logger) : BackgroundService
{
    private readonly EventFeed _feed = new(database, clock, TimeSpan.FromSeconds(options.Value.KeepEventsSeconds));
    private readonly TimeSpan _poll = TimeSpan.FromMilliseconds(options.Value.PollMilliseconds);
    private bool _started;
    private bool _away;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await ReadAsync(stoppingToken);
            }
            catch (UnavailableException exception)
            {
                // The place is kept: what commits meanwhile is read when the database is back.
                Away(exception);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // One bad read must not end the loop: every stream of the node hangs on it.
                ReadFailed(exception);
            }

            await signal.WaitToReadAsync(_poll, clock, stoppingToken);
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        if (!_started)
        {
            await _feed.StartAsync(cancellationToken);
            hub.SeesEvents();
            _started = true;
            return;
        }

        var events = await _feed.ReadAsync(cancellationToken);
        Returned();
        if (events is null)
        {
            PlaceLost();
            hub.EndAll(StreamEndReason.Lagged);
            return;
        }

        metrics.EventsRead(events.Count);
        if (events.Count > 0)
            await DispatchAsync(events, cancellationToken);
    }

    private async Task DispatchAsync(IReadOnlyList<IDomainEvent> events, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        foreach (var happened in events)
        {
            try
            {
                await mediator.Publish(Notification(happened), cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The events after it belong to others.
                DispatchFailed(exception, happened.GetType().Name, happened.Chat);
            }
        }
    }

    private static INotification Notification(IDomainEvent happened) => happened switch
    {
        ChatCompleted completed => new DomainEventNotification<ChatCompleted>(completed),
        BacklistTriggered triggered => new DomainEventNotification<BacklistTriggered>(triggered),
        _ => throw new InvalidOperationException($"Nobody handles {happened.GetType().Name}."),
    };

    private void Away(UnavailableException exception)
    {
        if (!_away)
            FeedAway(exception.InnerException?.Message);
        _away = true;
    }

    private void Returned()
    {
        if (_away)
            FeedReturned();
        _away = false;
    }

    [LoggerMessage(LogLevel.Warning, "The event feed cannot read: {Reason}")]
    private partial void FeedAway(string? reason);

    [LoggerMessage(LogLevel.Information, "The event feed reads again, from where it was")]
    private partial void FeedReturned();

    [LoggerMessage(LogLevel.Error, "Reading the event feed failed")]
    private partial void ReadFailed(Exception exception);

    [LoggerMessage(LogLevel.Error, "Dispatching {Event} of chat {Chat} failed")]
    private partial void DispatchFailed(Exception exception, string @event, ChatId chat);

    [LoggerMessage(LogLevel.Error, "The event feed was away for so long that events may be gone: every stream ends as lagged")]
    private partial void PlaceLost();
}
