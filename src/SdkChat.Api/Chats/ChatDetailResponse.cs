using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;

namespace SdkChat.Api.Chats;

/// <summary>A chat with its result. The order of the members is the contract's (section 3).</summary>
public sealed class ChatDetailResponse
{
    public Guid ChatId { get; init; }

    public Guid ProfileId { get; init; }

    /// <summary>The session that was open when the shopper asked; null when there was none.</summary>
    public Guid? ProfileSessionId { get; init; }

    public ProfileSummaryResponse ProfileSummary { get; init; } = new();

    /// <summary>What the shopper asked.</summary>
    public string Prompt { get; init; } = "";

    public ChatStatus Status { get; init; }

    /// <summary><c>not_started</c> at first, then what the pipeline said with its result.</summary>
    public string BackListStatus { get; init; } = "";

    /// <summary>The pipeline's own array, as it came; empty until there is a result.</summary>
    public RawJson Todos { get; init; }

    /// <inheritdoc cref="Todos"/>
    public RawJson RecommendedItems { get; init; }

    /// <summary>The pipeline's own array, or what the shopper's app put in its place; empty until there is a result.</summary>
    public RawJson NotificationItems { get; init; }

    /// <summary>Not empty when the status is <c>error</c>, else null.</summary>
    public string? LastError { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last change other than the chat's end.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the shopper ended the chat; null while it has not been.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
