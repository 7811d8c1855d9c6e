using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Domain.Chats;

/// <summary>A shopper started a chat. On the wire if the stream requests it: <c>chat_started</c>.</summary>
public sealed record ChatStarted(TenantId Tenant, ChatId Chat, ProfileId Profile) : IDomainEvent;
