using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Domain.Chats;

/// <summary>A shopper asked. Not on the wire.</summary>
public sealed record ChatStarted(TenantId Tenant, ChatId Chat, ProfileId Profile) : IDomainEvent;
