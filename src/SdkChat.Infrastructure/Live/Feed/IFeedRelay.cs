namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// Reduces the load of the database: one node reads and relays, the others follow. A relay may lose, delay and repeat batches; a follower
/// detects that and reads the database. Called only by the loop of <see cref="EventFeed"/>.
/// </summary>
internal interface IFeedRelay
{
    /// <summary>Whether batches of another node have been arriving, so that this node need not read.</summary>
    bool IsFollowing { get; }

    /// <summary>The next batch of another node; null if none has arrived.</summary>
    RelayedBatch? Take();

    /// <summary>Reports that the batch taken last began at this node's position and was used.</summary>
    void Followed();

    /// <summary>Relays what this node has read, if it is the leader. Returns at once.</summary>
    /// <param name="from">The position before the read; null if the other nodes must read the database.</param>
    void Pass(FeedPosition? from, FeedPosition to, IReadOnlyList<FeedItem> events);
}
