using SdkChat.Application.Live;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;

namespace SdkChat.Infrastructure.Live;

/// <summary>Converts domain events to their kinds in <c>chat_event</c>.</summary>
internal static class ChatEventKinds
{
    public const string ChatCompleted = "chat_completed";

    public const string BacklistTriggered = "backlist_triggered";

    /// <summary>Not an event: see <see cref="Live.ProbeMessage"/>.</summary>
    public const string DeliveryProbe = "delivery_probe";

    /// <summary>The kinds of all transitions of a chat, in the order of <see cref="LiveEvents"/>.</summary>
    public static readonly IReadOnlyList<string> OfTransitions = [ChatStarted, ChatCompleted, ChatFailed, ChatEnded, BacklistTriggered];

    public const string ChatStarted = "chat_started";

    public const string ChatFailed = "chat_failed";

    public const string ChatEnded = "chat_ended";

    public static string Get(IDomainEvent happened) => happened switch
    {
        Domain.Chats.ChatStarted => ChatStarted,
        Domain.Chats.ChatCompleted => ChatCompleted,
        Domain.Chats.ChatFailed => ChatFailed,
        Domain.Chats.ChatEnded => ChatEnded,
        Domain.Chats.BacklistTriggered => BacklistTriggered,
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "No such event is stored."),
    };

    public static LiveEvents ToLiveEvent(IDomainEvent happened) => happened switch
    {
        Domain.Chats.ChatStarted => LiveEvents.ChatStarted,
        Domain.Chats.ChatCompleted => LiveEvents.ChatCompleted,
        Domain.Chats.ChatFailed => LiveEvents.ChatFailed,
        Domain.Chats.ChatEnded => LiveEvents.ChatEnded,
        Domain.Chats.BacklistTriggered => LiveEvents.BacklistTriggered,
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "No stream carries this event."),
    };

    /// <summary>The kinds to read for streams that carry these events: their kinds and the probe.</summary>
    public static string[] ToRead(LiveEvents events) =>
        [.. OfTransitions.Where((_, index) => ((int)events & (1 << index)) != 0), DeliveryProbe];

    /// <summary>The notification items of the event; null for most events.</summary>
    public static RawJson? ItemsOf(IDomainEvent happened) => (happened as Domain.Chats.BacklistTriggered)?.NotificationItems;
}
