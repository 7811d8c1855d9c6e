using MediatR;
using SdkChat.Domain.Chats;

namespace SdkChat.Application.Live;

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
