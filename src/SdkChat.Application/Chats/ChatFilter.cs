using FluentValidation;
using SdkChat.Domain.Profiles;

namespace SdkChat.Application.Chats;

/// <summary>
/// The criteria of a list within its <see cref="ChatScope"/>. A chat must meet all of them. Two filters are equal if they select the same
/// chats: request coalescing relies on that.
/// </summary>
public sealed record ChatFilter
{
    /// <summary>Every chat of the scope.</summary>
    public static ChatFilter None { get; } = new();

    /// <summary>Only this profile's chats; none if the profile is unknown or another tenant's. Null: chats of every profile.</summary>
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
    /// Words that must all occur in the prompt, the shopper's name or the error, regardless of case and width; or the id of a chat, a
    /// profile or a session. Null: any chat. <see cref="SearchQuery"/> has the rules.
    /// </summary>
    public string? Query { get; init; }
}

/// <summary>Validates combinations of criteria, each of which is valid by itself.</summary>
internal sealed class ChatFilterValidator : AbstractValidator<ChatFilter>
{
    public ChatFilterValidator()
    {
        RuleFor(filter => filter.From).Must((filter, from) => from is null || filter.To is null || from <= filter.To)
            .OverridePropertyName("from").WithMessage("must not be after to.");
        RuleFor(filter => filter.Query).IsSearchQuery().OverridePropertyName("q");
    }
}
