using System.Diagnostics;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Live;
using SdkChat.Domain.Chats;
using SdkChat.Infrastructure.Storage;
using SdkChat.Infrastructure.Tracing;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// Sends each event that was read back to this node's MediatR handlers, in order; the events of one read reach the streams together. Probes
/// take the same path to the hub, without a handler.
/// </summary>
internal sealed partial class EventDispatcher(
    IServiceScopeFactory scopes, ILiveHub hub, IProbeChannel probes, LiveMetrics metrics, TenantChanges changes, TimeProvider clock,
    ILogger<EventDispatcher> logger)
{
    /// <summary>
    /// Never throws for an event: if one cannot be sent, the streams of its tenant end, and their clients read the history again.
    /// </summary>
    public async Task DispatchAsync(IReadOnlyList<FeedItem> items, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
            return;

        // Before a stream has the event: its reader reads the chat at once.
        foreach (var item in items)
        {
            if (item is CommittedEvent)
                changes.Changed(item.Tenant);
        }

        try
        {
            await PublishAllAsync(items, cancellationToken);
            Count(items);
        }
        catch (ObjectDisposedException exception) when (exception.ObjectName == nameof(IServiceProvider))
        {
            // If the start of the host fails, the services are disposed of while workers run. No stream is open then.
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Which event reached which stream is unknown.
            BatchFailed(exception, items.Count);
            foreach (var tenant in items.Select(item => item.Tenant).Distinct())
                hub.EndAll(tenant, StreamEndReason.DispatchFailed);
        }
    }

    private async Task PublishAllAsync(IReadOnlyList<FeedItem> items, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var traces = Trace(items);
        if (items.Count > 1)
            hub.BeginBatch();
        try
        {
            foreach (var item in items)
                await TryPublishAsync(mediator, item, cancellationToken);
        }
        finally
        {
            hub.Flush();
            traces?.ForEach(trace => trace.Dispose());
        }
    }

    /// <summary>Starts spans for the events that this node delivers, the newest first, so that each ends inside the previous one.</summary>
    private List<Activity>? Trace(IReadOnlyList<FeedItem> items)
    {
        List<Activity>? traces = null;
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is CommittedEvent { Traceparent: { } cause } committed
                && hub.HasSubscribers(committed.Tenant, ChatEventKinds.ToLiveEvent(committed.Event))
                && ServiceTrace.Deliver(cause, committed.Event.GetType().Name) is { } trace)
                (traces ??= []).Insert(0, trace);
        }

        return traces;
    }

    /// <summary>
    /// By now the sockets of all clients that keep up have the events. One measurement per event, however many streams it has.
    /// </summary>
    private void Count(IReadOnlyList<FeedItem> items)
    {
        var now = clock.GetUtcNow();
        var read = 0;
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is not CommittedEvent committed)
                continue;

            read++;
            if (committed.StoredAt is { } stored && hub.HasSubscribers(committed.Tenant, ChatEventKinds.ToLiveEvent(committed.Event)))
                metrics.EventShown(now - stored);
        }

        metrics.EventsRead(read);
    }

    private async Task TryPublishAsync(IMediator mediator, FeedItem item, CancellationToken cancellationToken)
    {
        try
        {
            await PublishAsync(mediator, item, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // An event that cannot be sent must not delay those of other tenants. The streams of its own tenant would miss it.
            DispatchFailed(exception, Describe(item));
            hub.EndAll(item.Tenant, StreamEndReason.DispatchFailed);
        }
    }

    private Task PublishAsync(IMediator mediator, FeedItem item, CancellationToken cancellationToken)
    {
        switch (item)
        {
            case CommittedEvent { Event: ChatCompleted completed }:
                return mediator.Publish(new DomainEventNotification<ChatCompleted>(completed), cancellationToken);
            case CommittedEvent { Event: BacklistTriggered triggered }:
                return mediator.Publish(new DomainEventNotification<BacklistTriggered>(triggered), cancellationToken);
            case CommittedEvent { Event: ChatStarted started }:
                return mediator.Publish(new DomainEventNotification<ChatStarted>(started), cancellationToken);
            case CommittedEvent { Event: ChatFailed failed }:
                return mediator.Publish(new DomainEventNotification<ChatFailed>(failed), cancellationToken);
            case CommittedEvent { Event: ChatEnded ended }:
                return mediator.Publish(new DomainEventNotification<ChatEnded>(ended), cancellationToken);
            case StoredProbe { Probe: var probe }:
                probes.Publish(probe);
                return Task.CompletedTask;
            default:
                return Task.CompletedTask;
        }
    }

    private static string Describe(FeedItem item) =>
        item is CommittedEvent { Event: var happened } ? $"{happened.GetType().Name} of chat {happened.Chat}" : "A delivery probe";

    [LoggerMessage(3041, LogLevel.Error, "{Event} could not be sent to this node's streams; the streams of its tenant end")]
    private partial void DispatchFailed(Exception exception, string @event);

    [LoggerMessage(3042, LogLevel.Error, "{Events} events could not be sent to this node's streams; the streams of their tenants end")]
    private partial void BatchFailed(Exception exception, int events);
}
