namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>How far the errors and items by time go; see <c>chat_count_watermark</c>.</summary>
internal sealed class TextWatermark
{
    public string LastXid { get; init; } = "";

    public string[] OpenXids { get; init; } = [];

    /// <summary>The counts come from another server.</summary>
    public bool IsForeign { get; init; }

    /// <summary>Nothing is counted, or what is cannot be used.</summary>
    public bool MustBegin { get; init; }

    /// <summary>All old chats are counted.</summary>
    public bool IsComplete { get; init; }

    /// <summary>A slot has ended and is not packed.</summary>
    public bool MustPack { get; init; }
}
