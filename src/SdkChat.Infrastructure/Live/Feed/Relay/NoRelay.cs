namespace SdkChat.Infrastructure.Live.Feed.Relay;

/// <summary>The default: every node reads for itself.</summary>
internal sealed class NoRelay : IFeedRelay
{
    public bool IsFollowing => false;

    public RelayedBatch? Take() => null;

    public void Followed()
    {
        // There is nobody to follow.
    }

    public void Pass(FeedPosition? from, FeedPosition to, IReadOnlyList<FeedItem> events)
    {
        // There is nobody to tell.
    }
}
