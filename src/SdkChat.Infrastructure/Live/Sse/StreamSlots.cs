using SdkChat.Application.Live;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>
/// Counts the open streams, and keeps them within the limits of the node and of each tenant. At a limit, a stalled stream of the same
/// subject is replaced.
/// </summary>
internal sealed class StreamSlots(SubscriberGroups groups, LiveOptions options)
{
    /// <summary>
    /// A stream whose client has taken nothing for this long may be replaced by one of the same subject. Shorter pauses are normal on a
    /// network.
    /// </summary>
    private static readonly TimeSpan ReplaceableAfter = TimeSpan.FromSeconds(5);

    private int _open;

    /// <summary>The number of open streams.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Counts a stream whatever the limits are, for one that ends at once.</summary>
    public void Take() => Interlocked.Increment(ref _open);

    public void Release() => Interlocked.Decrement(ref _open);

    /// <returns>False if the node has as many streams as it may.</returns>
    public bool TryTake(TenantId tenant, string? subject) => TryTake() || (ReplaceStalled(tenant, subject) && TryTake());

    /// <summary>Adds a stream to the group of its tenant.</summary>
    /// <returns>False if the tenant has as many streams as it may.</returns>
    public bool TryAdd(SseSubscriber subscriber) =>
        TryAddToGroup(subscriber) || (ReplaceStalled(subscriber.Tenant, subscriber.Subject) && TryAddToGroup(subscriber));

    private bool TryTake()
    {
        if (Interlocked.Increment(ref _open) <= options.MaxStreams)
            return true;

        Interlocked.Decrement(ref _open);
        return false;
    }

    private bool TryAddToGroup(SseSubscriber subscriber) => groups.TryAdd(subscriber, options.MaxStreamsPerTenant);

    /// <summary>Ends the stream of the same subject that has taken nothing for the longest time.</summary>
    /// <returns>Whether there was one.</returns>
    private bool ReplaceStalled(TenantId tenant, string? subject)
    {
        if (subject is null)
            return false;

        var (stalled, longest) = (default(SseSubscriber), ReplaceableAfter);
        foreach (var stream in groups.Get(tenant))
        {
            if (stream.Subject == subject && stream.Stalled is var time && time >= longest)
                (stalled, longest) = (stream, time);
        }

        stalled?.End(StreamEndReason.Replaced);
        return stalled is not null;
    }
}
