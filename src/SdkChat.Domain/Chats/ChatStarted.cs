using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Domain.Chats;

/// <summary>A shopper asked. On the wire where a stream asks for it: <c>chat_started</c>.</summary>
public sealed record ChatStarted(TenantId Tenant, ChatId Chat, ProfileId Profile) : IDomainEvent;
