using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;

namespace SdkChat.Infrastructure.Chats;

/// <summary>How a domain event is written in <c>chat_event</c>.</summary>
internal static class ChatEventKinds
{
    public const string ChatCompleted = "chat_completed";

    public const string BacklistTriggered = "backlist_triggered";

    /// <summary>Not an event: see <see cref="Live.ProbeMessage"/>.</summary>
    public const string DeliveryProbe = "delivery_probe";

    /// <summary>What <see cref="Of"/> gives: every kind that a transition of a chat has.</summary>
    public static readonly IReadOnlyList<string> OfTransitions = [ChatStarted, ChatCompleted, ChatFailed, ChatEnded, BacklistTriggered];

    private const string ChatStarted = "chat_started";

    private const string ChatFailed = "chat_failed";

    private const string ChatEnded = "chat_ended";

    public static string Of(IDomainEvent happened) => happened switch
    {
        Domain.Chats.ChatStarted => ChatStarted,
        Domain.Chats.ChatCompleted => ChatCompleted,
        Domain.Chats.ChatFailed => ChatFailed,
        Domain.Chats.ChatEnded => ChatEnded,
        Domain.Chats.BacklistTriggered => BacklistTriggered,
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "No such event is stored."),
    };

    /// <summary>What the event carries beside ids; null for most.</summary>
    public static RawJson? ItemsOf(IDomainEvent happened) => (happened as Domain.Chats.BacklistTriggered)?.NotificationItems;
}
