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

    /// <summary>Chats that are counted.</summary>
    public long Counted { get; init; }
}
