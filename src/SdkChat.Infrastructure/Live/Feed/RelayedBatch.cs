namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>A batch that another node read, with the events for streams of this node.</summary>
/// <param name="IsComplete">False if a part for a tenant with streams here has not arrived. The batch must then not be used.</param>
internal sealed record RelayedBatch(FeedPosition From, FeedPosition To, IReadOnlyList<FeedItem> Events, bool IsComplete);
