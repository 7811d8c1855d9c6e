using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>
/// The stored tenants, for operators and the backoffice. Requests use <see cref="ITenantCache"/>, which sees a change within seconds.
/// </summary>
/// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now (every member).</exception>
public interface ITenantRepository
{
    /// <summary>The tenant with this id, or null.</summary>
    Task<Tenant?> FindAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <summary>The tenant with this code, or null.</summary>
    Task<Tenant?> FindAsync(TenantCode code, CancellationToken cancellationToken);

    /// <summary>All tenants, by code.</summary>
    Task<IReadOnlyList<Tenant>> ListAsync(CancellationToken cancellationToken);

    /// <summary>A page of the tenants that match the filter, by code, and their total, in one snapshot.</summary>
    Task<(IReadOnlyList<Tenant> Items, long Total)> ListAsync(
        TenantFilter filter, long offset, int size, CancellationToken cancellationToken);

    /// <returns>False if the code is taken; nothing is changed then.</returns>
    Task<bool> AddAsync(Tenant tenant, CancellationToken cancellationToken);

    /// <returns>The tenant after the change; null if there is none.</returns>
    /// <param name="name">Null to keep it.</param>
    /// <param name="enabled">Null to keep it.</param>
    Task<Tenant?> UpdateAsync(TenantId tenant, string? name, bool? enabled, CancellationToken cancellationToken);
}
