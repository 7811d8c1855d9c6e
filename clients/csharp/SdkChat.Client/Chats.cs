using System.Text.Json;

namespace SdkChat.Client;

/// <summary>Where a chat stands. A chat whose answer had come keeps that status when it is ended later.</summary>
public enum ChatStatus
{
    /// <summary>One that this client does not know: the service is newer.</summary>
    Unknown,
    InProgress,
    Completed,
    Error,
    Ended,
}

/// <summary>What an admin sees of a shopper; each is null where the profile has no fitting value.</summary>
/// <param name="Age">In whole years.</param>
public sealed record ProfileSummary(string? Name, string? Gender, int? Age, string? Locale);

/// <summary>A chat in a list.</summary>
/// <param name="TenantId">Whose it is; null in a tenant's own list.</param>
/// <param name="Prompt">What the shopper asked.</param>
/// <param name="LastError">Not empty when the status is <see cref="ChatStatus.Error"/>, else null.</param>
/// <param name="UpdatedAt">The last change other than the chat's end.</param>
/// <param name="EndedAt">When the shopper ended the chat; null while it has not been.</param>
public sealed record ChatListItem(
    Guid? TenantId,
    Guid ChatId,
    Guid ProfileId,
    ProfileSummary ProfileSummary,
    string Prompt,
    ChatStatus Status,
    string? LastError,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? EndedAt);

/// <summary>A chat with its result. The three lists are the pipeline's own, in whatever shape, and empty until there is a result.</summary>
/// <param name="ProfileSessionId">The session that was open when the shopper asked; null when there was none.</param>
/// <param name="Prompt">What the shopper asked.</param>
/// <param name="BackListStatus"><c>not_started</c> at first, then what the pipeline said.</param>
/// <param name="LastError">Not empty when the status is <see cref="ChatStatus.Error"/>, else null.</param>
/// <param name="UpdatedAt">The last change other than the chat's end.</param>
/// <param name="EndedAt">When the shopper ended the chat; null while it has not been.</param>
public sealed record ChatDetail(
    Guid ChatId,
    Guid ProfileId,
    Guid? ProfileSessionId,
    ProfileSummary ProfileSummary,
    string Prompt,
    ChatStatus Status,
    string BackListStatus,
    IReadOnlyList<JsonElement> Todos,
    IReadOnlyList<JsonElement> RecommendedItems,
    IReadOnlyList<JsonElement> NotificationItems,
    string? LastError,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? EndedAt);

/// <summary>One page of a list.</summary>
/// <param name="Total">All rows of the list, exact.</param>
/// <param name="Page">Which page this is, counting from 0.</param>
/// <param name="Size">Rows a page, after capping at 100.</param>
public sealed record ChatPage(IReadOnlyList<ChatListItem> Items, long Total, int Page, int Size);

/// <summary>Numbers of chats, all of one moment.</summary>
/// <param name="Completed">With and without a back-list trigger.</param>
/// <param name="Triggered">With at least one accepted back-list trigger.</param>
public sealed record ChatCounts(long Total, long InProgress, long Completed, long Error, long Ended, long Triggered);
