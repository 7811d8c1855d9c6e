using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Live.Feed.Relay;

/// <summary>
/// Assembles batches from messages. Parts may arrive before or after their end or not at all; an incomplete batch says so. Any thread may
/// offer; one takes.
/// </summary>
internal sealed class RelayInbox(TimeProvider clock)
{
    /// <summary>How long the end of a batch waits for its parts. On one connection they come first; on a cluster's several they may not.</summary>
    public static readonly TimeSpan PartTimeout = TimeSpan.FromMilliseconds(100);

    /// <summary>Batches that may wait. A node that is behind by more reads the database instead, which is quicker.</summary>
    private const int MostEnds = 256;

    private readonly Lock _lock = new();
    private readonly Queue<(RelayEnd End, long Came)> _ends = new();
    private readonly Dictionary<(string Relay, long Batch), Dictionary<Guid, RelayedEvent[]>> _parts = [];

    public void Offer(RelayPart part)
    {
        lock (_lock)
        {
            // Parts whose ends never come: they will be read from the database.
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
            // Whoever takes the next finds that it does not meet what went before, and reads the database.
            if (_ends.Count == MostEnds)
                _ends.Clear();
            _ends.Enqueue((end, clock.GetTimestamp()));
        }
    }

    /// <summary>The next batch: once every part of a tenant that is watched is there, or is not worth waiting for any longer.</summary>
    public RelayedBatch? Take(Func<TenantId, bool> hasSubscribers)
    {
        lock (_lock)
        {
            if (!_ends.TryPeek(out var next))
                return null;

            var parts = _parts.GetValueOrDefault((next.End.Relay, next.End.Batch));
            var isComplete = next.End.Tenants.All(tenant => parts?.ContainsKey(tenant) == true || !hasSubscribers(new TenantId(tenant)));
            if (!isComplete && clock.GetElapsedTime(next.Came) < PartTimeout)
                return null;

            _ends.Dequeue();
            RemoveParts(next.End);
            var events = parts is null ? [] : parts.Values.SelectMany(part => part).Select(relayed => relayed.ToItem()).ToArray();
            return new RelayedBatch(next.End.From.ToPosition(), next.End.To.ToPosition(), events, isComplete);
        }
    }

    /// <summary>This batch's parts, older ones of the relay that came too late, and those of relays that have gone.</summary>
    private void RemoveParts(RelayEnd end)
    {
        foreach (var key in _parts.Keys.Where(key => key.Relay != end.Relay || key.Batch <= end.Batch).ToArray())
            _parts.Remove(key);
    }
}
