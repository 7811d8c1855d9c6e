using System.Collections.Concurrent;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// When this node last learned of a change of each tenant's history: a write of its own, an event, or a read from the primary. A later read
/// of the tenant must contain everything that was committed before that instant (docs/decisions/0042). Instants are timestamps of the
/// clock.
/// </summary>
internal sealed class TenantChanges(TimeProvider clock)
{
    /// <summary>The number of tenants above which <see cref="Forget"/> removes entries.</summary>
    private const int Kept = 4096;

    private readonly ConcurrentDictionary<TenantId, long> _tenants = new();

    private long _any;

    /// <summary>Whether reads may use a standby. Without one, nothing is recorded.</summary>
    public bool IsRecording { get; init; }

    /// <summary>Records a change that is committed, or may be. Call it before the caller or a stream gets to know of it.</summary>
    /// <param name="tenant">Null for a read of all tenants, after which only such reads must contain what it has shown.</param>
    public void Changed(TenantId? tenant)
    {
        if (!IsRecording)
            return;

        var now = clock.GetTimestamp();
        if (tenant is { } one)
            _tenants.AddOrUpdate(one, static (_, at) => at, static (_, known, at) => Math.Max(known, at), now);
        RaiseAny(now);
    }

    /// <summary>Runs a write of the tenant and records it, whatever its outcome: after a lost connection it may be committed.</summary>
    public async Task<T> RecordAsync<T>(TenantId tenant, Func<Task<T>> write)
    {
        try
        {
            return await write();
        }
        finally
        {
            Changed(tenant);
        }
    }

    /// <summary>The newest change of the tenant, or of any tenant; 0 if there is none.</summary>
    public long Newest(TenantId? tenant) => tenant is { } one ? _tenants.GetValueOrDefault(one) : Volatile.Read(ref _any);

    /// <summary>Removes the changes up to an instant, which every read contains from now on, if there are many.</summary>
    public void Forget(long upTo)
    {
        if (_tenants.Count <= Kept)
            return;

        foreach (var entry in _tenants)
        {
            if (entry.Value <= upTo)
                _tenants.TryRemove(entry);
        }
    }

    private void RaiseAny(long now)
    {
        for (var known = Volatile.Read(ref _any); known < now;)
        {
            var found = Interlocked.CompareExchange(ref _any, now, known);
            if (found == known)
                return;
            known = found;
        }
    }
}
