using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>
/// Finds blocked users in a cache; every call of a tenant's user checks it. A result is at most 5 s older than the database (contract,
/// section 8.6).
/// </summary>
public interface IBlockCache
{
    /// <exception cref="Common.Exceptions.UnavailableException">The entry is not in the cache, and storage cannot answer now.</exception>
    ValueTask<bool> IsBlockedAsync(TenantId tenant, string subject, CancellationToken cancellationToken);
}
