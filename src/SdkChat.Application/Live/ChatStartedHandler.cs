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
