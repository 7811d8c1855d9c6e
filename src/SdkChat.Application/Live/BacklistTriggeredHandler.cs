using MediatR;
using SdkChat.Domain.Chats;

namespace SdkChat.Application.Live;

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
