using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace SdkChat.Infrastructure.Live.Feed.Relay;

/// <summary>
/// Whether messages of the relay arrive on this node. The client of Redis subscribes again when it reconnects, but a connection that breaks
/// and is replaced within a moment can lose its subscriptions: the client takes them for those of the new connection. Thread-safe.
/// </summary>
internal sealed class RelayReception(IOptions<RedisOptions> options, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Guid, long> _missed = new();

    private long _heardAt = clock.GetTimestamp();

    /// <summary>
    /// Whether no end of a batch has arrived for so long that a leader would have sent some. A node's own messages count, so this is true
    /// of a leader that does not receive them.
    /// </summary>
    public bool IsSilent => clock.GetElapsedTime(Volatile.Read(ref _heardAt)) >= 2 * options.Value.Silence;

    /// <summary>The end of a batch arrived, or is waited for from now on.</summary>
    public void Heard() => Volatile.Write(ref _heardAt, clock.GetTimestamp());

    /// <summary>The parts for these tenants did not arrive, although the end of their batch did.</summary>
    /// <param name="at">When the end arrived, as a timestamp of the clock.</param>
    public void Missed(IReadOnlyList<Guid> tenants, long at)
    {
        foreach (var tenant in tenants)
            _missed[tenant] = at;
    }

    /// <summary>The tenants whose parts did not arrive since the last call, and when the last end without them arrived.</summary>
    public IReadOnlyList<(Guid Tenant, long At)> TakeMissed() =>
        [.. _missed.Keys.Select(tenant => (tenant, _missed.TryRemove(tenant, out var at) ? at : 0))];
}
