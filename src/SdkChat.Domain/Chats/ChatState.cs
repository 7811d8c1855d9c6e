using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Domain.Chats;

/// <summary>The values of a chat at one revision, as they are stored.</summary>
public sealed record ChatState
{
    public required ChatId Id { get; init; }

    public required TenantId Tenant { get; init; }

    public required ProfileId Profile { get; init; }

    /// <summary>The session that was open at kickoff; null when there was none.</summary>
    public ProfileSessionId? Session { get; init; }

    public required string Prompt { get; init; }

    public required ChatStatus Status { get; init; }

    /// <summary><c>not_started</c> at kickoff, then the value that the pipeline sent with its result.</summary>
    public required string BackListStatus { get; init; }

    /// <summary>Null until the run completed.</summary>
    public PipelineResult? Result { get; init; }

    /// <summary>Not empty when the status is <see cref="ChatStatus.Error"/>, else null.</summary>
    public string? LastError { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last change other than the chat's end.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the shopper ended the chat; null if it has not been ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The number of transitions, 0 at kickoff. Storage changes a row only if it still has the revision that was read.</summary>
    public required int Revision { get; init; }

    public ChatVersion Version => new(Revision, UpdatedAt);
}
