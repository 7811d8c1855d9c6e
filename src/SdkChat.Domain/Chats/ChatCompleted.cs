using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Domain.Chats;

/// <summary>The result is stored. On the wire: <c>chat_completed</c>.</summary>
public sealed record ChatCompleted(TenantId Tenant, ChatId Chat, ProfileId Profile) : IDomainEvent;
