using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Domain.Chats;

/// <summary>The shopper ended the chat. Not on the wire.</summary>
public sealed record ChatEnded(TenantId Tenant, ChatId Chat, ProfileId Profile) : IDomainEvent;
