using MediatR;
using SdkChat.Domain.Chats;

namespace SdkChat.Application.Live;

/// <summary>Sends <c>chat_started</c> to the tenant's streams of this node that request it.</summary>
internal sealed class ChatStartedHandler(ILiveHub hub) : INotificationHandler<DomainEventNotification<ChatStarted>>
{
    public Task Handle(DomainEventNotification<ChatStarted> notification, CancellationToken cancellationToken)
    {
        var happened = notification.Event;
        hub.ChatStarted(happened.Tenant, happened.Profile, happened.Chat);
        return Task.CompletedTask;
    }
}

/// <summary>Sends <c>chat_completed</c> to the tenant's streams of this node.</summary>
internal sealed class ChatCompletedHandler(ILiveHub hub) : INotificationHandler<DomainEventNotification<ChatCompleted>>
{
    public Task Handle(DomainEventNotification<ChatCompleted> notification, CancellationToken cancellationToken)
    {
        var happened = notification.Event;
        hub.ChatCompleted(happened.Tenant, happened.Profile, happened.Chat);
        return Task.CompletedTask;
    }
}

/// <summary>Sends <c>chat_failed</c> to the tenant's streams of this node that request it.</summary>
internal sealed class ChatFailedHandler(ILiveHub hub) : INotificationHandler<DomainEventNotification<ChatFailed>>
{
    public Task Handle(DomainEventNotification<ChatFailed> notification, CancellationToken cancellationToken)
    {
        var happened = notification.Event;
        hub.ChatFailed(happened.Tenant, happened.Profile, happened.Chat, happened.LastError);
        return Task.CompletedTask;
    }
}

/// <summary>Sends <c>chat_ended</c> to the tenant's streams of this node that request it.</summary>
internal sealed class ChatEndedHandler(ILiveHub hub) : INotificationHandler<DomainEventNotification<ChatEnded>>
{
    public Task Handle(DomainEventNotification<ChatEnded> notification, CancellationToken cancellationToken)
    {
        var happened = notification.Event;
        hub.ChatEnded(happened.Tenant, happened.Profile, happened.Chat);
        return Task.CompletedTask;
    }
}

/// <summary>Sends <c>backlist_triggered</c> to the tenant's streams of this node.</summary>
internal sealed class BacklistTriggeredHandler(ILiveHub hub) : INotificationHandler<DomainEventNotification<BacklistTriggered>>
{
    public Task Handle(DomainEventNotification<BacklistTriggered> notification, CancellationToken cancellationToken)
    {
        var happened = notification.Event;
        hub.BacklistTriggered(happened.Tenant, happened.Profile, happened.Chat, happened.NotificationItems);
        return Task.CompletedTask;
    }
}
