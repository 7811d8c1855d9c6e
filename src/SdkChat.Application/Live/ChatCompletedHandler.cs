using MediatR;
using SdkChat.Domain.Chats;

namespace SdkChat.Application.Live;

/// <summary><c>chat_completed</c>: the dashboard fetches the detail.</summary>
internal sealed class ChatCompletedHandler(ILiveHub hub) : INotificationHandler<DomainEventNotification<ChatCompleted>>
{
    public Task Handle(DomainEventNotification<ChatCompleted> notification, CancellationToken cancellationToken)
    {
        var happened = notification.Event;
        hub.Publish(happened.Tenant, EventNames.ChatCompleted, EventPayload.Of(happened));
        return Task.CompletedTask;
    }
}
