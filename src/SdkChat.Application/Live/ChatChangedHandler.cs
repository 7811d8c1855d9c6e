using MediatR;
using SdkChat.Domain.Chats;

namespace SdkChat.Application.Live;

/// <summary>Signals requests of this node that wait for the chat. Its start is not signalled: no caller has its id before.</summary>
internal sealed class ChatChangedHandler(IChatWatches watches) :
    INotificationHandler<DomainEventNotification<ChatCompleted>>,
    INotificationHandler<DomainEventNotification<ChatFailed>>,
    INotificationHandler<DomainEventNotification<ChatEnded>>,
    INotificationHandler<DomainEventNotification<BacklistTriggered>>
{
    public Task Handle(DomainEventNotification<ChatCompleted> notification, CancellationToken cancellationToken) =>
        Signal(notification.Event);

    public Task Handle(DomainEventNotification<ChatFailed> notification, CancellationToken cancellationToken) => Signal(notification.Event);

    public Task Handle(DomainEventNotification<ChatEnded> notification, CancellationToken cancellationToken) => Signal(notification.Event);

    public Task Handle(DomainEventNotification<BacklistTriggered> notification, CancellationToken cancellationToken) =>
        Signal(notification.Event);

    private Task Signal(IDomainEvent happened)
    {
        watches.ChatChanged(happened.Tenant, happened.Chat);
        return Task.CompletedTask;
    }
}
