using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Domain.Chats;

/// <summary>The answer is there. On the wire: <c>chat_completed</c>.</summary>
public sealed record ChatCompleted(TenantId Tenant, ChatId Chat, ProfileId Profile) : IDomainEvent;
