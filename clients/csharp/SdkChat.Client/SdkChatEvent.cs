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

/// <summary>A chat has its result.</summary>
public sealed record ChatCompleted(Guid ProfileId, Guid ChatId) : SdkChatEvent;

/// <summary>A shopper reached the back list.</summary>
/// <param name="NotificationItems">The pipeline's own, in whatever shape.</param>
public sealed record BacklistTriggered(Guid ProfileId, Guid ChatId, IReadOnlyList<JsonElement> NotificationItems) : SdkChatEvent;
