using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;

namespace SdkChat.Api.Chats.Sdk;

/// <summary>A chat as its shopper sees it: the poll shape. The order of the members is the contract's (section 5).</summary>
public sealed class PolledChatResponse
{
    public required Guid ChatId { get; init; }

    public required Guid ProfileId { get; init; }

    /// <summary>What the shopper asked.</summary>
    public required string Prompt { get; init; }

    public required ChatStatus Status { get; init; }

    /// <summary><c>not_started</c> at first, then what the pipeline said with its result.</summary>
    public required string BackListStatus { get; init; }

    /// <summary>The pipeline's own array, as it came; empty until there is a result.</summary>
    public required RawJson Todos { get; init; }

    /// <inheritdoc cref="Todos"/>
    public required RawJson RecommendedItems { get; init; }

    /// <summary>The pipeline's own array, or what the app put in its place; empty until there is a result.</summary>
    public required RawJson NotificationItems { get; init; }

    /// <summary>Not empty when the status is <c>error</c>, else null.</summary>
    public required string? LastError { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last change other than the chat's end.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the shopper ended the chat; null while it has not been.</summary>
    public required DateTimeOffset? EndedAt { get; init; }
}
