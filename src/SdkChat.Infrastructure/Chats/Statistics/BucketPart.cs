namespace SdkChat.Infrastructure.Chats.Statistics;

/// <summary>What a bucket is the sum of; see <c>chat_stats_parts</c> (migration 0038).</summary>
internal sealed class BucketPart : ChatCountsRow
{
    public int Number { get; init; }

    /// <summary>0: it is added to the bucket. 1: it is taken from the bucket and added to the one before.</summary>
    public int Sign { get; init; }

    /// <summary>Null while the slots have none.</summary>
    public byte[]? Answers { get; init; }
}
