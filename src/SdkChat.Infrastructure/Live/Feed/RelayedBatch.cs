namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>A batch of another node's reading, as far as this node's streams are concerned.</summary>
/// <param name="IsComplete">False when a part that somebody here waits for has not come: the batch cannot be relied on.</param>
internal sealed record RelayedBatch(FeedPosition From, FeedPosition To, IReadOnlyList<FeedItem> Events, bool IsComplete);
