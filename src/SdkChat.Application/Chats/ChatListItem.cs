using SdkChat.Application.Chats.Paging;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats;

/// <summary>A chat as lists show it: everything but the pipeline's result, which a list never reads.</summary>
/// <param name="LastError">Not empty when the status is <see cref="ChatStatus.Error"/>, else null.</param>
/// <param name="EndedAt">When the shopper ended the chat; null while it has not been.</param>
public sealed record ChatListItem(
    TenantId Tenant,
    ChatId Chat,
    ProfileId Profile,
    ProfileSummary ProfileSummary,
    string Prompt,
    ChatStatus Status,
    string? LastError,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? EndedAt)
{
    public ChatKey Key => new(CreatedAt, Chat);
}
