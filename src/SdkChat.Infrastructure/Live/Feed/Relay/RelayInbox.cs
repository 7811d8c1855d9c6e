using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Live.Feed.Relay;

/// <summary>
/// Assembles batches from messages. Parts may arrive before or after their end or not at all; an incomplete batch is marked as such. Any
/// thread may offer messages; one thread takes batches.
/// </summary>
internal sealed class RelayInbox(TimeProvider clock)
{
    /// <summary>
    /// How long the end of a batch waits for its parts. On one connection the parts arrive first; on the connections of a cluster they may
    /// not.
    /// </summary>
    public static readonly TimeSpan PartTimeout = TimeSpan.FromMilliseconds(100);

    /// <summary>The maximum number of batches that wait. Reading the database is quicker for a node that is further behind.</summary>
    private const int MostEnds = 256;

    private readonly Lock _lock = new();
    private readonly Queue<(RelayEnd End, long Came)> _ends = new();
    private readonly Dictionary<(string Relay, long Batch), Dictionary<Guid, RelayedEvent[]>> _parts = [];

    public void Offer(RelayPart part)
    {
        lock (_lock)
        {
            // The ends of these parts never arrived: their events will be read from the database.
            if (_parts.Count == MostEnds)
                _parts.Clear();
            if (!_parts.TryGetValue((part.Relay, part.Batch), out var parts))
                _parts[(part.Relay, part.Batch)] = parts = [];
            parts[part.Tenant] = part.Events;
        }
    }

    public void Offer(RelayEnd end)
    {
        lock (_lock)
        {
            // The next batch will not begin at this node's position, so it will read the database.
            if (_ends.Count == MostEnds)
                _ends.Clear();
            _ends.Enqueue((end, clock.GetTimestamp()));
        }
    }

    /// <summary>
    /// The next batch, once the parts of all tenants with streams here have arrived or <see cref="PartTimeout"/> has passed; null if there
    /// is none yet.
    /// </summary>
    public RelayedBatch? Take(Func<TenantId, bool> hasSubscribers)
    {
        lock (_lock)
        {
            if (!_ends.TryPeek(out var next))
                return null;

            var parts = _parts.GetValueOrDefault((next.End.Relay, next.End.Batch));
            Guid[] missing =
            [
                .. next.End.Tenants.Where(tenant => parts?.ContainsKey(tenant) != true && hasSubscribers(new TenantId(tenant))),
            ];
            if (missing.Length > 0 && clock.GetElapsedTime(next.Came) < PartTimeout)
                return null;

            _ends.Dequeue();
            RemoveParts(next.End);
            var events = parts is null ? [] : parts.Values.SelectMany(part => part).Select(relayed => relayed.ToItem()).ToArray();
            return new RelayedBatch(next.End.From.ToPosition(), next.End.To.ToPosition(), events, missing, next.Came);
        }
    }

    /// <summary>Removes the parts of this batch, older parts of the same relay that arrived too late, and those of former relays.</summary>
    private void RemoveParts(RelayEnd end)
    {
        foreach (var key in _parts.Keys.Where(key => key.Relay != end.Relay || key.Batch <= end.Batch).ToArray())
            _parts.Remove(key);
    }
}
