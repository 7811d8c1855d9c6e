using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Domain.Chats;

/// <summary>
/// The shopper reached the back list. On the wire: <c>backlist_triggered</c>, with <paramref name="NotificationItems"/> as they were at
/// that moment.
/// </summary>
public sealed record BacklistTriggered(TenantId Tenant, ChatId Chat, ProfileId Profile, RawJson NotificationItems) : IDomainEvent;
