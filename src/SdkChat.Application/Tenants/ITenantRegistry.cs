using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>
/// The tenants as storage has them, for operators. Requests ask <see cref="ITenantDirectory"/>, which learns of a change
/// within seconds.
/// </summary>
/// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now (every member).</exception>
public interface ITenantRegistry
{
    /// <summary>The tenant with this id, or null.</summary>
    Task<Tenant?> FindAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <summary>The tenant with this code, or null.</summary>
    Task<Tenant?> FindAsync(TenantCode code, CancellationToken cancellationToken);

    /// <summary>All tenants, by code.</summary>
    Task<IReadOnlyList<Tenant>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Some of the tenants that the filter lets through, by code, and how many these are in all, in one snapshot.</summary>
    Task<(IReadOnlyList<Tenant> Items, long Total)> ListAsync(TenantFilter filter, long offset, int size, CancellationToken cancellationToken);

    /// <returns>False, and nothing is changed, when the code is taken.</returns>
    Task<bool> AddAsync(Tenant tenant, CancellationToken cancellationToken);

    /// <returns>The tenant as it is now; null when there is none.</returns>
    /// <param name="name">Null to keep it.</param>
    /// <param name="enabled">Null to keep it.</param>
    Task<Tenant?> UpdateAsync(TenantId tenant, string? name, bool? enabled, CancellationToken cancellationToken);
}
