using MediatR;
using SdkChat.Domain.Chats;

namespace SdkChat.Application.Live;

/// <summary><c>backlist_triggered</c>: the dashboard shows the items at once, so they travel with it, to the byte.</summary>
internal sealed class BacklistTriggeredHandler(ILiveHub hub) : INotificationHandler<DomainEventNotification<BacklistTriggered>>
{
    public Task Handle(DomainEventNotification<BacklistTriggered> notification, CancellationToken cancellationToken)
    {
        var happened = notification.Event;
        var payload = EventPayload.Of(happened, json =>
        {
            json.WritePropertyName("notification_items");
            json.WriteRawValue(happened.NotificationItems.Utf8.Span, skipInputValidation: true);
        });
        hub.Publish(happened.Tenant, EventNames.BacklistTriggered, payload);
        return Task.CompletedTask;
    }
}
