namespace SdkChat.Infrastructure.Chats.Indexing;

/// <param name="BatchSize">
/// Chats that one transaction adds. A statement that deletes a chat or stores an error waits for the transaction, about 100 ms.
/// </param>
/// <param name="SegmentCapacity">
/// Chats in a segment. A search reads at least the matches of one segment; for a word that does not occur it checks all segments.
/// </param>
internal sealed record SearchIndexShape(int BatchSize, int SegmentCapacity)
{
    public static SearchIndexShape Default { get; } = new(500, 32_768);
}
