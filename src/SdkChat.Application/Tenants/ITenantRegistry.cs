using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>The tenants as storage has them, for operators. Requests ask <see cref="ITenantDirectory"/>.</summary>
/// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now (every member).</exception>
public interface ITenantRegistry
{
    /// <summary>The tenant with this code, or null.</summary>
    Task<Tenant?> FindAsync(TenantCode code, CancellationToken cancellationToken);
}
