using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;

namespace SdkChat.Infrastructure.Chats;

/// <summary>How a domain event is written in <c>chat_event</c>.</summary>
internal static class ChatEventKinds
{
    public const string ChatCompleted = "chat_completed";

    public const string BacklistTriggered = "backlist_triggered";

    /// <summary>Of no chat at all: see <see cref="Live.Probe.ProbeSent"/>.</summary>
    public const string DeliveryProbe = "delivery_probe";

    public static string Of(IDomainEvent happened) => happened switch
    {
        ChatStarted => "chat_started",
        Domain.Chats.ChatCompleted => ChatCompleted,
        ChatFailed => "chat_failed",
        ChatEnded => "chat_ended",
        Domain.Chats.BacklistTriggered => BacklistTriggered,
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "No such event is stored."),
    };

    /// <summary>What the event carries beside ids; null for most.</summary>
    public static RawJson? ItemsOf(IDomainEvent happened) => (happened as Domain.Chats.BacklistTriggered)?.NotificationItems;
}
