using System.Text.Json;

namespace SdkChat.Client;

/// <summary>Something that the stream tells.</summary>
public abstract record SdkChatEvent;

/// <summary>
/// The stream is open: read history now. What happened before is in history and nowhere else, what happens from here on
/// arrives as events.
/// </summary>
/// <param name="AfterGap">Whether events may have been missed since the last one; false for the first.</param>
public sealed record StreamReady(bool AfterGap) : SdkChatEvent;

/// <summary>The stream is broken, or was refused; it comes back by itself.</summary>
/// <param name="Reason">
/// Why. An <see cref="SdkChatException"/> where the service refused: with 401 it comes back once there is a good token, with 403
/// (no admin, or the tenant is disabled) it keeps asking, with 429 it waits as long as it was told. Null when the stream just ended.
/// </param>
/// <param name="RetryIn">When the next try is.</param>
public sealed record StreamBroken(Exception? Reason, TimeSpan RetryIn) : SdkChatEvent;

/// <summary>Kinds of events that a stream can carry.</summary>
[Flags]
public enum SdkChatEventKinds
{
    /// <summary>No kind; a stream needs one.</summary>
    None = 0,

    /// <summary><see cref="SdkChat.Client.ChatStarted"/>.</summary>
    ChatStarted = 1,

    /// <summary><see cref="SdkChat.Client.ChatCompleted"/>.</summary>
    ChatCompleted = 2,

    /// <summary><see cref="SdkChat.Client.ChatFailed"/>.</summary>
    ChatFailed = 4,

    /// <summary><see cref="SdkChat.Client.ChatEnded"/>.</summary>
    ChatEnded = 8,

    /// <summary><see cref="SdkChat.Client.BacklistTriggered"/>.</summary>
    BacklistTriggered = 16,

    /// <summary>All kinds.</summary>
    All = ChatStarted | ChatCompleted | ChatFailed | ChatEnded | BacklistTriggered,
}

/// <summary>A chat was started. Only on a stream that asks for it.</summary>
public sealed record ChatStarted(Guid ProfileId, Guid ChatId) : SdkChatEvent;

/// <summary>A chat has no result and an error. Only on a stream that asks for it.</summary>
/// <param name="LastError">The error; null if the chat was erased meanwhile.</param>
public sealed record ChatFailed(Guid ProfileId, Guid ChatId, string? LastError) : SdkChatEvent;

/// <summary>A shopper ended a chat. Only on a stream that asks for it.</summary>
public sealed record ChatEnded(Guid ProfileId, Guid ChatId) : SdkChatEvent;

/// <summary>A chat has its result.</summary>
public sealed record ChatCompleted(Guid ProfileId, Guid ChatId) : SdkChatEvent;

/// <summary>A shopper reached the back list.</summary>
/// <param name="NotificationItems">The pipeline's own, in whatever shape.</param>
public sealed record BacklistTriggered(Guid ProfileId, Guid ChatId, IReadOnlyList<JsonElement> NotificationItems) : SdkChatEvent;
