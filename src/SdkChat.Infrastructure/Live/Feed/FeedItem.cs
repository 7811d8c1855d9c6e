using SdkChat.Domain.Chats;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>A row of the outbox that a reader has read.</summary>
/// <param name="Xid">The transaction that stored it.</param>
internal abstract record FeedItem(ulong Xid)
{
    public abstract TenantId Tenant { get; }

    /// <summary>When it was stored, by this node's clock; null for rows of a version that did not store the instant.</summary>
    public DateTimeOffset? StoredAt { get; init; }
}

/// <summary>A domain event that was committed.</summary>
internal sealed record CommittedEvent(ulong Xid, IDomainEvent Event) : FeedItem(Xid)
{
    public override TenantId Tenant => Event.Tenant;

    /// <summary>The trace of the call that caused the event, if that call is recorded; else null.</summary>
    public string? Traceparent { get; init; }
}

/// <summary>A delivery probe, of this node or another.</summary>
internal sealed record StoredProbe(ulong Xid, ProbeMessage Probe) : FeedItem(Xid)
{
    public override TenantId Tenant => ProbeMessage.Tenant;
}
