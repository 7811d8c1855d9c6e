namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>How far the counts go; see <c>chat_count_watermark</c>.</summary>
internal sealed class CountWatermark
{
    public string LastXid { get; init; } = "";

    public string[] OpenXids { get; init; } = [];

    /// <summary>The watermark was taken on another server than this one.</summary>
    public bool IsForeign { get; init; }

    /// <summary>The slots have counted what the blocks have.</summary>
    public bool HasSlots { get; init; }

    /// <summary>
    /// The slots have the times of answers of what they have counted (migration 0031). A node of an older version counts without.
    /// </summary>
    public bool HasAnswers { get; init; }

    /// <summary>Counting all slots again for their times of answers is not too soon after the last time.</summary>
    public bool MayBuildAnswers { get; init; }

    public bool MustBuildSlots => !HasSlots || (!HasAnswers && MayBuildAnswers);

    /// <summary>There are running totals to pack.</summary>
    public bool MustPack { get; init; }

    /// <summary>Chats that are counted.</summary>
    public long Counted { get; init; }
}
