using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Live;
using SdkChat.Domain.Chats;
using SdkChat.Infrastructure.Live.Hub;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>Tells this node's handlers of events that were read back, one after the other; what was read together reaches the streams together.</summary>
internal sealed partial class EventDispatcher(IServiceScopeFactory scopes, SseHub hub, LiveMetrics metrics, ILogger<EventDispatcher> logger)
{
    public async Task DispatchAsync(IReadOnlyList<CommittedEvent> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
            return;

        metrics.EventsRead(events.Count);
        await using var scope = scopes.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
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
        }
    }

    private async Task TryPublishAsync(IMediator mediator, IDomainEvent happened, CancellationToken cancellationToken)
    {
        try
        {
            await PublishAsync(mediator, happened, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // One event that cannot be shown must not keep back the others.
            DispatchFailed(exception, happened.GetType().Name, happened.Chat);
        }
    }

    private static Task PublishAsync(IMediator mediator, IDomainEvent happened, CancellationToken cancellationToken) => happened switch
    {
        ChatCompleted completed => mediator.Publish(new DomainEventNotification<ChatCompleted>(completed), cancellationToken),
        BacklistTriggered triggered => mediator.Publish(new DomainEventNotification<BacklistTriggered>(triggered), cancellationToken),
        _ => Task.CompletedTask,
    };

    [LoggerMessage(LogLevel.Error, "{Event} of chat {Chat} could not be shown")]
    private partial void DispatchFailed(Exception exception, string @event, ChatId chat);
}
