using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;

namespace SdkChat.Application.Chats.TriggerBackList;

/// <summary>The back list as it was triggered.</summary>
/// <param name="NotificationItems">The items that were announced.</param>
public sealed record TriggeredBackList(ChatId Chat, ProfileId Profile, string BackListStatus, RawJson NotificationItems);
