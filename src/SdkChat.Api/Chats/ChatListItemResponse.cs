using SdkChat.Domain.Chats;

namespace SdkChat.Api.Chats;

/// <summary>A chat in a list. The order of the members is the contract's (section 3).</summary>
public class ChatListItemResponse
{
    public Guid ChatId { get; init; }

    public Guid ProfileId { get; init; }

    public ProfileSummaryResponse ProfileSummary { get; init; } = new();

    /// <summary>What the shopper asked.</summary>
    public string Prompt { get; init; } = "";

    public ChatStatus Status { get; init; }

    /// <summary>Not empty when the status is <c>error</c>, else null.</summary>
    public string? LastError { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last change other than the chat's end.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the shopper ended the chat; null while it has not been.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
