using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;

namespace SdkChat.Api.Chats;

/// <summary>A chat with its result. The order of the members is the contract's (section 3).</summary>
public sealed class ChatDetailResponse
{
    public required Guid ChatId { get; init; }

    public required Guid ProfileId { get; init; }

    /// <summary>The session that was open at the kickoff; null if there was none.</summary>
    public required Guid? ProfileSessionId { get; init; }

    public required ProfileSummaryResponse ProfileSummary { get; init; }

    /// <summary>The shopper's question.</summary>
    public required string Prompt { get; init; }

    public required ChatStatus Status { get; init; }

    /// <summary><c>not_started</c> at first, then the value that the pipeline sent with its result.</summary>
    public required string BackListStatus { get; init; }

    /// <summary>The pipeline's array, unchanged; empty until there is a result.</summary>
    public required RawJson Todos { get; init; }

    /// <inheritdoc cref="Todos"/>
    public required RawJson RecommendedItems { get; init; }

    /// <summary>The pipeline's array, or the one with which the shopper's app replaced it; empty until there is a result.</summary>
    public required RawJson NotificationItems { get; init; }

    /// <summary>Not empty if the status is <c>error</c>, else null.</summary>
    public required string? LastError { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last change other than the chat's end.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the shopper ended the chat; null if it has not been ended.</summary>
    public required DateTimeOffset? EndedAt { get; init; }
}
