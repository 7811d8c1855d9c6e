namespace SdkChat.Infrastructure.Live.Feed.Relay;

/// <summary>The default: every node reads the database.</summary>
internal sealed class NoRelay : IFeedRelay
{
    public bool IsFollowing => false;

    public RelayedBatch? Take() => null;

    public void Followed()
    {
        // There is no relay to follow.
    }

    public void Pass(FeedPosition? from, FeedPosition to, IReadOnlyList<FeedItem> events)
    {
        // There are no followers.
    }
}
