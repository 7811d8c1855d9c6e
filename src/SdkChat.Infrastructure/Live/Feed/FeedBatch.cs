using SdkChat.Domain.Chats;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>The result of one read of the outbox.</summary>
/// <param name="Committed">Events and probes, in the order in which they were written.</param>
/// <param name="IsLast">False if more events are already visible.</param>
/// <param name="PositionExpired">Whether earlier events may have been missed because they were removed before this node read them.</param>
internal sealed record FeedBatch(IReadOnlyList<FeedItem> Committed, bool IsLast, bool PositionExpired)
{
    /// <summary>
    /// Whether the position expired because the database is another one (a restored dump, replicated rows) or an older copy of the one that
    /// was read before, and not because events were removed.
    /// </summary>
    public bool IsAnotherDatabase { get; init; }

    /// <summary>What this read took over from another server; null if nothing was taken over.</summary>
    public FeedTakeoverReport? Takeover { get; init; }

    /// <summary>The domain events among <see cref="Committed"/>.</summary>
    public IEnumerable<IDomainEvent> Events => Committed.OfType<CommittedEvent>().Select(committed => committed.Event);

    /// <summary>Bytes of notification items in the events.</summary>
    public long Bytes => Events.OfType<BacklistTriggered>().Sum(triggered => (long)triggered.NotificationItems.Utf8.Length);
}
