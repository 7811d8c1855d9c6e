using MediatR;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats.TriggerBackList;

/// <summary>The shopper reached the back list.</summary>
/// <param name="Chat">Null for the profile's newest completed chat that has not been ended.</param>
/// <param name="NotificationItems">An array of at most 200 entries that replaces the stored one; null sends the stored one.</param>
/// <param name="IdempotencyKey">Null when the call bore none.</param>
public sealed record TriggerBackListCommand(
    TenantId Tenant, ProfileId Profile, ChatId? Chat, RawJson? NotificationItems, string? IdempotencyKey) : IRequest<TriggeredBackList>;
