using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>
/// Finds tenants in a cache; every request starts with it. A result is at most 5 s older than the database (contract, section 1). If
/// nothing has changed, a look-up needs no round trip.
/// </summary>
public interface ITenantCache
{
    /// <summary>The tenant, enabled or not; null if there is none.</summary>
    /// <exception cref="Common.Exceptions.UnavailableException">The tenant is not in the cache, and storage cannot answer now.</exception>
    ValueTask<Tenant?> FindAsync(TenantId tenant, CancellationToken cancellationToken);
}
