using System.Collections.Concurrent;
using SdkChat.Application.Live;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>
/// The open streams by tenant. A group is replaced and never changed, so a publisher reads it without a lock. The group of a tenant's
/// last stream is removed with it.
/// </summary>
internal sealed class SubscriberGroups
{
    private readonly ConcurrentDictionary<TenantId, Group> _groups = new();

    /// <summary>How many streams carry each kind, by the position of its bit.</summary>
    private readonly int[] _carried = new int[32];

    /// <summary>The tenants that have a stream.</summary>
    public ICollection<TenantId> Tenants => _groups.Keys;

    /// <summary>The kinds that any stream carries.</summary>
    public LiveEvents Kinds
    {
        get
        {
            var kinds = LiveEvents.None;
            for (var bit = 0; (1 << bit) <= (int)LiveEvents.All; bit++)
            {
                if (Volatile.Read(ref _carried[bit]) > 0)
                    kinds |= (LiveEvents)(1 << bit);
            }

            return kinds;
        }
    }

    /// <summary>The tenant's streams at this moment.</summary>
    public SseSubscriber[] Get(TenantId tenant) => _groups.TryGetValue(tenant, out var group) ? group.Streams : [];

    /// <summary>The kinds that any of the tenant's streams carries.</summary>
    public LiveEvents GetKinds(TenantId tenant) => _groups.TryGetValue(tenant, out var group) ? group.Kinds : LiveEvents.None;

    /// <returns>False when the tenant has <paramref name="limit"/> streams already.</returns>
    public bool TryAdd(SseSubscriber subscriber, int limit)
    {
        while (true)
        {
            if (!_groups.TryGetValue(subscriber.Tenant, out var group))
            {
                if (_groups.TryAdd(subscriber.Tenant, new Group([subscriber])))
                    break;
            }
            else if (group.Streams.Length >= limit)
            {
                return false;
            }
            else if (_groups.TryUpdate(subscriber.Tenant, new Group([.. group.Streams, subscriber]), group))
            {
                break;
            }
        }

        Count(subscriber, 1);
        return true;
    }

    public void Remove(SseSubscriber subscriber)
    {
        while (_groups.TryGetValue(subscriber.Tenant, out var group) && group.Streams.Contains(subscriber))
        {
            SseSubscriber[] rest = [.. group.Streams.Where(other => other != subscriber)];
            if (rest.Length == 0
                ? _groups.TryRemove(KeyValuePair.Create(subscriber.Tenant, group))
                : _groups.TryUpdate(subscriber.Tenant, new Group(rest), group))
            {
                Count(subscriber, -1);
                return;
            }
        }
    }

    private void Count(SseSubscriber subscriber, int change)
    {
        for (var bit = 0; (1 << bit) <= (int)LiveEvents.All; bit++)
        {
            if (((int)subscriber.Filter.Events & (1 << bit)) != 0)
                Interlocked.Add(ref _carried[bit], change);
        }
    }

    private sealed class Group(SseSubscriber[] streams)
    {
        public SseSubscriber[] Streams => streams;

        public LiveEvents Kinds { get; } = streams.Aggregate(LiveEvents.None, (kinds, stream) => kinds | stream.Filter.Events);
    }
}
