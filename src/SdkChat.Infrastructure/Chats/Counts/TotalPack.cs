namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>A row of <c>chat_total_pack</c>.</summary>
internal sealed class TotalPack
{
    public string Kind { get; init; } = "";

    public Guid Scope { get; init; }

    public DateTimeOffset SlotAt { get; init; }

    public int[] Ends { get; init; } = [];

    public byte[] Packed { get; init; } = [];

    /// <summary>There are totals and no pack, not even an empty one.</summary>
    public bool IsMissing { get; init; }
}
