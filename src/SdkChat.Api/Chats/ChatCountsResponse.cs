using System.Text.Json.Serialization;

namespace SdkChat.Api.Chats;

/// <summary>
/// Numbers of chats, all of one moment. Each is the <c>total</c> of the list with that status, or <c>triggered=true</c>, added to the
/// filters.
/// </summary>
public sealed class ChatCountsResponse
{
    public required long Total { get; init; }

    public required long InProgress { get; init; }

    public required long Completed { get; init; }

    public required long Error { get; init; }

    public required long Ended { get; init; }

    /// <summary>Chats with at least one accepted back-list trigger. They are included in the completed ones.</summary>
    public required long Triggered { get; init; }

    /// <summary>True if counting the matches of <c>q</c> was cut off. The numbers are then minimums. Otherwise absent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? TotalIsLowerBound { get; init; }
}
