using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Domain.Chats;

/// <summary>The shopper ended the chat. On the wire if the stream requests it: <c>chat_ended</c>.</summary>
public sealed record ChatEnded(TenantId Tenant, ChatId Chat, ProfileId Profile) : IDomainEvent;
