using System.Text.Json;

namespace SdkChat.Client;

/// <summary>What happened to a chat.</summary>
/// <param name="Items">Oldest first.</param>
/// <param name="OmittedTriggers">How many older triggers are not shown; null for none.</param>
public sealed record ChatTimeline(IReadOnlyList<TimelineItem> Items, long? OmittedTriggers = null);

/// <summary>One entry of a timeline.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Type">
/// <c>started</c>, <c>stamped</c>, <c>completed</c>, <c>failed</c>, <c>ended</c>, <c>backlist_triggered</c>, or what a newer service adds.
/// </param>
/// <param name="Status">The stamp; only with <c>stamped</c>.</param>
/// <param name="Meta">The stamp's object; only with <c>stamped</c>, if it has one.</param>
/// <param name="LastError">The error; only with <c>failed</c>.</param>
/// <param name="NotificationItems">The items that were sent; only with <c>backlist_triggered</c>.</param>
public sealed record TimelineItem(
    DateTimeOffset At, string Type, string? Status = null, JsonElement? Meta = null, string? LastError = null,
    IReadOnlyList<JsonElement>? NotificationItems = null);
