using SdkChat.Domain.Chats;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>What one reading brought.</summary>
/// <param name="Committed">In the order in which they were written.</param>
/// <param name="IsLast">False when more is there already.</param>
/// <param name="PlaceGone">Whether events before these may have been missed: they were removed before they could be read.</param>
internal sealed record FeedBatch(IReadOnlyList<CommittedEvent> Committed, bool IsLast, bool PlaceGone)
{
    /// <summary>
    /// Why the place is gone, where it is not for events that were removed in time: the database is another one (a restored dump, a
    /// replica of rows) or an older copy of the one that was read before.
    /// </summary>
    public bool IsAnotherDatabase { get; init; }

    /// <summary>What was taken over from another server with this reading; null where there was nothing.</summary>
    public FeedTakeoverReport? Takeover { get; init; }

    public IEnumerable<IDomainEvent> Events => Committed.Select(committed => committed.Event);

    /// <summary>Bytes of items in the events.</summary>
    public long Bytes => Committed.Sum(committed => committed.Event is BacklistTriggered triggered ? (long)triggered.NotificationItems.Utf8.Length : 0);
}
