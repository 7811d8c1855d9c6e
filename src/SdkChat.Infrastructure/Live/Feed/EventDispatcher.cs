using System.Diagnostics;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Live;
using SdkChat.Domain.Chats;
using SdkChat.Infrastructure.Live.Hub;
using SdkChat.Infrastructure.Live.Probe;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>Tells this node's handlers of events that were read back, one after the other; what was read together reaches the streams together.</summary>
internal sealed partial class EventDispatcher(
    IServiceScopeFactory scopes, SseHub hub, LiveMetrics metrics, TimeProvider clock, ILogger<EventDispatcher> logger)
{
    /// <summary>Does not fail: where an event could not be sent, the streams that had to get it end and read history again.</summary>
    public async Task DispatchAsync(IReadOnlyList<CommittedEvent> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
            return;

        try
        {
            await PublishAllAsync(events, cancellationToken);
            Count(events);
        }
        catch (ObjectDisposedException exception) when (exception.ObjectName == nameof(IServiceProvider))
        {
            // A start that failed disposes of the services while their workers run. There are no streams any more.
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Which of them reached whom is not known.
            BatchFailed(exception, events.Count);
            foreach (var tenant in events.Select(committed => committed.Event.Tenant).Distinct())
                hub.EndAll(tenant, StreamEndReason.DispatchFailed);
        }
    }

    private async Task PublishAllAsync(IReadOnlyList<CommittedEvent> events, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var traces = Trace(events);
        // A single event goes out as it is made.
        if (events.Count > 1)
            hub.Gather();
        try
        {
            foreach (var (_, happened) in events)
                await TryPublishAsync(mediator, happened, cancellationToken);
        }
        finally
        {
            hub.Flush();
            traces?.ForEach(trace => trace.Dispose());
        }
    }

    /// <summary>Spans for what is shown to somebody here, the newest first, so that each ends inside the one before.</summary>
    private List<Activity>? Trace(IReadOnlyList<CommittedEvent> events)
    {
        List<Activity>? traces = null;
        for (var i = 0; i < events.Count; i++)
        {
            var committed = events[i];
            if (committed.Traceparent is { } cause
                && hub.IsWatched(committed.Event.Tenant)
                && EventTrace.Deliver(cause, committed.Event.GetType().Name) is { } trace)
                (traces ??= []).Insert(0, trace);
        }

        return traces;
    }

    /// <summary>By now each event is with the sockets of all readers that are up to date. One measurement an event, however many they are.</summary>
    private void Count(IReadOnlyList<CommittedEvent> events)
    {
        var now = clock.GetUtcNow();
        var read = 0;
        for (var i = 0; i < events.Count; i++)
        {
            var committed = events[i];
            if (committed.Event is ProbeSent)
                continue;

            read++;
            if (committed.StoredAt is { } stored && hub.IsWatched(committed.Event.Tenant))
                metrics.EventShown(now - stored);
        }

        metrics.EventsRead(read);
    }

    private async Task TryPublishAsync(IMediator mediator, IDomainEvent happened, CancellationToken cancellationToken)
    {
        try
        {
            await PublishAsync(mediator, happened, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // One event that cannot be sent must not keep back those of other tenants. Its own tenant's streams would miss it.
            DispatchFailed(exception, happened.GetType().Name, happened.Chat);
            hub.EndAll(happened.Tenant, StreamEndReason.DispatchFailed);
        }
    }

    private Task PublishAsync(IMediator mediator, IDomainEvent happened, CancellationToken cancellationToken)
    {
        switch (happened)
        {
            case ChatCompleted completed:
                return mediator.Publish(new DomainEventNotification<ChatCompleted>(completed), cancellationToken);
            case BacklistTriggered triggered:
                return mediator.Publish(new DomainEventNotification<BacklistTriggered>(triggered), cancellationToken);
            case ProbeSent probe:
                hub.Probe(probe);
                return Task.CompletedTask;
            default:
                return Task.CompletedTask;
        }
    }

    [LoggerMessage(LogLevel.Error, "{Event} of chat {Chat} could not be sent to this node's streams; those of its tenant end")]
    private partial void DispatchFailed(Exception exception, string @event, ChatId chat);

    [LoggerMessage(LogLevel.Error, "{Events} events that were read together could not be sent to this node's streams; those of their tenants end")]
    private partial void BatchFailed(Exception exception, int events);
}
