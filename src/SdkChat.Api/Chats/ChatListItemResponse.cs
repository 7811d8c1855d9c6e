using SdkChat.Domain.Chats;

namespace SdkChat.Api.Chats;

/// <summary>A chat in a list. The order of the members is the contract's (section 3).</summary>
public class ChatListItemResponse
{
    public required Guid ChatId { get; init; }

    public required Guid ProfileId { get; init; }

    public required ProfileSummaryResponse ProfileSummary { get; init; }

    /// <summary>The shopper's question.</summary>
    public required string Prompt { get; init; }

    public required ChatStatus Status { get; init; }

    /// <summary>Not empty if the status is <c>error</c>, else null.</summary>
    public required string? LastError { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last change other than the chat's end.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the shopper ended the chat; null if it has not been ended.</summary>
    public required DateTimeOffset? EndedAt { get; init; }
}
