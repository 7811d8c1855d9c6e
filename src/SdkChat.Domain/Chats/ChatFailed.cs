using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Domain.Chats;

/// <summary>The run failed; there is no result. On the wire if the stream requests it: <c>chat_failed</c>.</summary>
/// <param name="LastError">The chat's error; null if the chat was erased before the event was read back.</param>
public sealed record ChatFailed(TenantId Tenant, ChatId Chat, ProfileId Profile, string? LastError) : IDomainEvent;
