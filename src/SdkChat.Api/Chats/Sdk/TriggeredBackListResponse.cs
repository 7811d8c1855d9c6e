using SdkChat.Application.Chats;
using SdkChat.Domain.Common;

namespace SdkChat.Api.Chats.Sdk;

/// <summary>The back list as it was triggered.</summary>
/// <param name="NotificationItems">What was announced, to the byte as it came.</param>
public sealed record TriggeredBackListResponse(Guid ChatId, Guid ProfileId, string BackListStatus, RawJson NotificationItems)
{
    internal static TriggeredBackListResponse From(TriggeredBackList triggered) =>
        new(triggered.Chat.Value, triggered.Profile.Value, triggered.BackListStatus, triggered.NotificationItems);
}
