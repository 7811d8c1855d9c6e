using MediatR;
using SdkChat.Domain.Chats;

namespace SdkChat.Application.Live;

/// <summary>Shows the tenant's streams of this node that a shopper reached the back list.</summary>
internal sealed class BacklistTriggeredHandler(ILiveHub hub) : INotificationHandler<DomainEventNotification<BacklistTriggered>>
{
    public Task Handle(DomainEventNotification<BacklistTriggered> notification, CancellationToken cancellationToken)
    {
        var happened = notification.Event;
        hub.BacklistTriggered(happened.Tenant, happened.Profile, happened.Chat, happened.NotificationItems);
        return Task.CompletedTask;
    }
}
