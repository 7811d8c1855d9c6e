using MediatR;
using SdkChat.Domain.Chats;

namespace SdkChat.Application.Live;

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
