using SdkChat.Application.Tenants;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Tenants;

/// <summary>
/// A cache of blocked users, by tenant. A tenant without blocks has an empty set, so that its calls cost no round trip either.
/// </summary>
internal sealed class BlockCache(Database database, Heartbeat heartbeat, TimeProvider clock) : IBlockCache, IDirectoryCache
{
    private readonly DirectoryCache<TenantId, Dictionary<string, DateTimeOffset>> _cache = new(heartbeat);

    public async ValueTask<bool> IsBlockedAsync(TenantId tenant, string subject, CancellationToken cancellationToken)
    {
        var blocks = await _cache.GetAsync(tenant, LoadAsync, cancellationToken);
        return blocks is { Count: > 0 } && blocks.TryGetValue(subject, out var until) && clock.GetUtcNow() < until;
    }

    public void Clear() => _cache.Clear();

    private async Task<Dictionary<string, DateTimeOffset>?> LoadAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var rows = await database.QueryAsync<BlockedRow>(
            BlockSql.OfTenant, new { tenant = tenant.Value, now = clock.Now() }, cancellationToken);
        return rows.ToDictionary(row => row.Subject, row => new DateTimeOffset(row.Until), StringComparer.Ordinal);
    }

    private sealed record BlockedRow(string Subject, DateTime Until);
}
