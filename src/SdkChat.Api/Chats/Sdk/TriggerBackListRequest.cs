using SdkChat.Domain.Common;

namespace SdkChat.Api.Chats.Sdk;

/// <summary>The shopper reached the back list.</summary>
/// <param name="ChatId">Default: the profile's newest completed chat that has not been ended.</param>
/// <param name="NotificationItems">At most 200 entries that replace the stored ones; left out, the stored ones are sent.</param>
public sealed record TriggerBackListRequest(Guid? ChatId, RawJson? NotificationItems);
