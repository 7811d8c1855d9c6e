using SdkChat.Domain.Chats;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>An event, and the transaction that wrote it.</summary>
internal sealed record CommittedEvent(ulong Xid, IDomainEvent Event)
{
    /// <summary>When it was stored, as this node's clock would have said; null for events of a build that did not say.</summary>
    public DateTimeOffset? StoredAt { get; init; }

    /// <summary>The trace of the call that caused it, where that is recorded; else null.</summary>
    public string? Traceparent { get; init; }
}
