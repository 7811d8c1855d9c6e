using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Domain.Chats;

/// <summary>There will be no answer. On the wire where a stream asks for it: <c>chat_failed</c>.</summary>
/// <param name="LastError">The chat's error; null when the event is read back after the chat was erased.</param>
public sealed record ChatFailed(TenantId Tenant, ChatId Chat, ProfileId Profile, string? LastError) : IDomainEvent;
