using SdkChat.Application.Common.Paging;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats;

/// <summary>A chat as lists show it: all values except the result, which a list never reads.</summary>
public sealed record ChatListItem
{
    public required TenantId Tenant { get; init; }

    public required ChatId Chat { get; init; }

    public required ProfileId Profile { get; init; }

    public required ProfileSummary ProfileSummary { get; init; }

    public required string Prompt { get; init; }

    public required ChatStatus Status { get; init; }

    /// <summary>Not empty when the status is <see cref="ChatStatus.Error"/>, else null.</summary>
    public string? LastError { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last change other than the chat's end.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the shopper ended the chat; null if it has not been ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The row's position in a list.</summary>
    public ChatKey Key => new(CreatedAt, Chat);
}
