namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>Those values of <c>chat_event.kind</c> that reach a stream. The feed reads no others.</summary>
internal static class ChatEventKinds
{
    public const string ChatCompleted = "chat_completed";

    public const string BacklistTriggered = "backlist_triggered";
}
