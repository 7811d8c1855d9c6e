using SdkChat.Domain.Common;

namespace SdkChat.Api.Chats.Sdk;

/// <summary>The shopper reached the back list.</summary>
public sealed class TriggerBackListRequest
{
    /// <summary>Default: the profile's newest completed chat that has not been ended.</summary>
    public Guid? ChatId { get; init; }

    /// <summary>At most 200 entries that replace the stored ones. If omitted, the stored ones are sent.</summary>
    public RawJson? NotificationItems { get; init; }
}
