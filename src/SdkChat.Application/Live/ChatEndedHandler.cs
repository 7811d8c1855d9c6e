using MediatR;
using SdkChat.Domain.Chats;

namespace SdkChat.Application.Live;

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
