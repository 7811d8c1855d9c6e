using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Domain.Chats;

/// <summary>There will be no answer. Not on the wire.</summary>
public sealed record ChatFailed(TenantId Tenant, ChatId Chat, ProfileId Profile) : IDomainEvent;
