using System.Text.Json.Serialization;
using SdkChat.Application.Chats;
using SdkChat.Domain.Common;

namespace SdkChat.Api.Chats;

/// <summary>The timeline of a chat.</summary>
/// <param name="Items">Oldest first.</param>
/// <param name="OmittedTriggers">Only if there are too many triggers for one response: the number of older ones that are not shown.</param>
public sealed record TimelineResponse(
    IReadOnlyList<TimelineItemResponse> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? OmittedTriggers)
{
    internal static TimelineResponse From(ChatTimeline timeline) =>
        new([.. timeline.Entries.Select(TimelineItemResponse.From)], timeline.OmittedTriggers == 0 ? null : timeline.OmittedTriggers);
}

/// <summary>One entry of a timeline.</summary>
public sealed class TimelineItemResponse
{
    public required DateTimeOffset At { get; init; }

    public required TimelineEntryType Type { get; init; }

    /// <summary>Only with <c>stamped</c>: the status that the app defined.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Status { get; init; }

    /// <summary>Only with <c>stamped</c>, if the stamp has one: the app's object, unchanged to the byte.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? Meta { get; init; }

    /// <summary>Only with <c>failed</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LastError { get; init; }

    /// <summary>Only with <c>backlist_triggered</c>: an array, unchanged to the byte.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RawJson? NotificationItems { get; init; }

    internal static TimelineItemResponse From(TimelineEntry entry) => new()
    {
        At = entry.At,
        Type = entry.Type,
        Status = entry.Status,
        Meta = entry.Meta,
        LastError = entry.LastError,
        NotificationItems = entry.NotificationItems,
    };
}
