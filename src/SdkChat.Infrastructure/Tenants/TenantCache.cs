using SdkChat.Application.Tenants;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Tenants;

internal sealed class TenantCache(Database database, Heartbeat heartbeat, TenantCodes codes) : ITenantCache, IDirectoryCache
{
    private readonly DirectoryCache<TenantId, Tenant> _cache = new(heartbeat);

    public ValueTask<Tenant?> FindAsync(TenantId tenant, CancellationToken cancellationToken) =>
        _cache.GetAsync(tenant, LoadAsync, cancellationToken);

    public void Clear() => _cache.Clear();

    private async Task<Tenant?> LoadAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var row = await database.QuerySingleOrDefaultAsync<TenantRow>(
            TenantSql.Find, new { tenant = tenant.Value }, cancellationToken);
        if (row?.ToTenant() is not { } found)
            return null;
        codes.Add(found);
        return found;
    }
}
