using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>
/// Which users are blocked, from memory: asked by every call of a tenant's user. An answer is at most 5 s older than the database
/// (contract, section 8.6).
/// </summary>
public interface IBlockCache
{
    /// <exception cref="Common.Exceptions.UnavailableException">It is not in memory, and storage cannot answer now.</exception>
    ValueTask<bool> IsBlockedAsync(TenantId tenant, string subject, CancellationToken cancellationToken);
}
