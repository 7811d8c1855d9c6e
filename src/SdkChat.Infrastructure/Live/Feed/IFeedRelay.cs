namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// Spares nodes the reading of the database: one reads and passes on, the others follow. It may lose, delay and repeat what it
/// passes on; a follower sees that and reads for itself. Used by the one loop of <see cref="EventFeed"/>.
/// </summary>
internal interface IFeedRelay
{
    /// <summary>Whether another node's readings have been coming in, so that this one need not read.</summary>
    bool IsFollowing { get; }

    /// <summary>The next reading of another node; null when none has come.</summary>
    RelayedBatch? Take();

    /// <summary>The batch that was taken last met this node's place: it was followed.</summary>
    void Followed();

    /// <summary>Passes on what this node has read, if that is its office. Returns at once.</summary>
    /// <param name="from">The place before the reading; null where the others must read for themselves.</param>
    void Pass(FeedPosition? from, FeedPosition to, IReadOnlyList<FeedItem> events);
}
