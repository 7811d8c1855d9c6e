using SdkChat.Domain.Profiles;

namespace SdkChat.Application.Chats;

/// <summary>
/// The criteria of a list within its <see cref="ChatScope"/>, all of which a chat must meet. Two filters are equal when they
/// select the same chats: coalescing of requests relies on that.
/// </summary>
public sealed record ChatFilter
{
    /// <summary>Every chat of the scope.</summary>
    public static ChatFilter None { get; } = new();

    /// <summary>Only this profile's chats; a profile that is unknown or another tenant's has none. Null: every profile's.</summary>
    public ProfileId? Profile { get; init; }

    /// <summary>Only chats with one of these statuses.</summary>
    public ChatStatuses Statuses { get; init; }

    /// <summary>True: only chats with at least one accepted back-list trigger. False: only chats without. Null: both.</summary>
    public bool? Triggered { get; init; }

    /// <summary>Only chats created at this instant or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only chats created before this instant.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>
    /// Words that must all occur in the prompt, the shopper's name or the error, whatever their case and width; or the id of a chat, a profile or a
    /// session, which finds exactly that. Null: any chat. See <see cref="SearchQuery"/> for what is valid.
    /// </summary>
    public string? Query { get; init; }
}
