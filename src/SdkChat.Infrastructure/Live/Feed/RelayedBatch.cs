namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>A batch that another node read, with the events for streams of this node.</summary>
/// <param name="Missing">The tenants with streams here whose parts have not arrived.</param>
/// <param name="ArrivedAt">When its end arrived, as a timestamp of the clock.</param>
internal sealed record RelayedBatch(
    FeedPosition From, FeedPosition To, IReadOnlyList<FeedItem> Events, IReadOnlyList<Guid> Missing, long ArrivedAt)
{
    /// <summary>Whether all parts for streams here have arrived. Otherwise the batch must not be used.</summary>
    public bool IsComplete => Missing.Count == 0;
}
