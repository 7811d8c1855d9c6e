using SdkChat.Application.Chats;
using SdkChat.Domain.Common;

namespace SdkChat.Api.Chats.Sdk;

/// <summary>The result of a back-list trigger.</summary>
/// <param name="NotificationItems">The items that the event announces, unchanged to the byte.</param>
public sealed record TriggeredBackListResponse(Guid ChatId, Guid ProfileId, string BackListStatus, RawJson NotificationItems)
{
    internal static TriggeredBackListResponse From(TriggeredBackList triggered) =>
        new(triggered.Chat.Value, triggered.Profile.Value, triggered.BackListStatus, triggered.NotificationItems);
}
