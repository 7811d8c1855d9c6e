using SdkChat.Domain.Chats;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>What one reading brought.</summary>
/// <param name="Committed">In the order in which they were written.</param>
/// <param name="IsLast">False when more is there already.</param>
/// <param name="PlaceGone">Whether events before these may have been missed: they were removed before they could be read.</param>
internal sealed record FeedBatch(IReadOnlyList<CommittedEvent> Committed, bool IsLast, bool PlaceGone)
{
    public IEnumerable<IDomainEvent> Events => Committed.Select(committed => committed.Event);
}
