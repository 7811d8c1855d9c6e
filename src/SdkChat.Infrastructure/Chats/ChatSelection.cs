using SdkChat.Application.Chats;

namespace SdkChat.Infrastructure.Chats;

/// <summary>The classes and the time range of a list.</summary>
/// <param name="From">Inclusive; null for no bound.</param>
/// <param name="To">Exclusive; null for no bound.</param>
internal readonly record struct ChatSelection(ChatClasses Classes, DateTimeOffset? From, DateTimeOffset? To)
{
    public ChatListKind Kind => this switch
    {
        { Classes: not ChatClasses.All } => ChatListKind.Classes,
        { From: null, To: null } => ChatListKind.All,
        _ => ChatListKind.Range,
    };

    public static ChatSelection Create(ChatFilter filter) => new(Select(filter.Statuses, filter.Triggered), filter.From, filter.To);

    private static ChatClasses Select(ChatStatuses statuses, bool? triggered)
    {
        var classes = statuses == ChatStatuses.Any ? ChatClasses.All
            : If(statuses.HasFlag(ChatStatuses.InProgress), ChatClasses.InProgress)
            | If(statuses.HasFlag(ChatStatuses.Completed), ChatClasses.CompletedUntriggered | ChatClasses.Triggered)
            | If(statuses.HasFlag(ChatStatuses.Error), ChatClasses.Error)
            | If(statuses.HasFlag(ChatStatuses.Ended), ChatClasses.Ended);
        return triggered switch
        {
            true => classes & ChatClasses.Triggered,
            false => classes & ~ChatClasses.Triggered,
            null => classes,
        };
    }

    private static ChatClasses If(bool isSelected, ChatClasses classes) => isSelected ? classes : ChatClasses.None;
}
