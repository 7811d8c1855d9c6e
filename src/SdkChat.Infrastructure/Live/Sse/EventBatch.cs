using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>Queues events until the whole batch is published, by tenant, in order.</summary>
internal sealed class EventBatch
{
    /// <summary>A larger piece would not fit into the socket's send buffer.</summary>
    private const int MaxPieceBytes = 64 * 1024;

    private readonly Dictionary<TenantId, List<PublishedEvent>> _events = [];

    public void Add(TenantId tenant, PublishedEvent published)
    {
        if (!_events.TryGetValue(tenant, out var events))
            _events.Add(tenant, events = []);
        events.Add(published);
    }

    /// <summary>The events of each piece.</summary>
    public IEnumerable<(TenantId Tenant, PublishedEvent[] Events)> Pieces()
    {
        foreach (var (tenant, events) in _events)
        {
            var begin = 0;
            while (begin < events.Count)
            {
                var (end, bytes) = (begin, 0);
                while (end < events.Count && (end == begin || bytes + events[end].Frame.Length <= MaxPieceBytes))
                    bytes += events[end++].Frame.Length;
                yield return (tenant, [.. events[begin..end]]);
                begin = end;
            }
        }
    }
}
