using System.Collections.Concurrent;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>
/// The open streams by tenant. A group is an array that is replaced and never changed, so a publisher reads it without a lock. The
/// group of a tenant's last stream is removed with it.
/// </summary>
internal sealed class SubscriberGroups
{
    private readonly ConcurrentDictionary<TenantId, SseSubscriber[]> _groups = new();

    /// <summary>The tenants that have a stream.</summary>
    public ICollection<TenantId> Tenants => _groups.Keys;

    /// <summary>The tenant's streams at this moment.</summary>
    public SseSubscriber[] Get(TenantId tenant) => _groups.TryGetValue(tenant, out var group) ? group : [];

    /// <returns>False when the tenant has <paramref name="limit"/> streams already.</returns>
    public bool TryAdd(SseSubscriber subscriber, int limit)
    {
        while (true)
        {
            if (!_groups.TryGetValue(subscriber.Tenant, out var group))
            {
                if (_groups.TryAdd(subscriber.Tenant, [subscriber]))
                    return true;
            }
            else if (group.Length >= limit)
            {
                return false;
            }
            else if (_groups.TryUpdate(subscriber.Tenant, [.. group, subscriber], group))
            {
                return true;
            }
        }
    }

    public void Remove(SseSubscriber subscriber)
    {
        while (_groups.TryGetValue(subscriber.Tenant, out var group))
        {
            SseSubscriber[] rest = [.. group.Where(other => other != subscriber)];
            if (rest.Length == 0
                ? _groups.TryRemove(KeyValuePair.Create(subscriber.Tenant, group))
                : _groups.TryUpdate(subscriber.Tenant, rest, group))
                return;
        }
    }
}
