using SdkChat.Domain.Tenants;

namespace SdkChat.Application.FloorPlans;

/// <summary>The stored floor plans: at most one of each tenant.</summary>
/// <exception cref="Common.Exceptions.UnavailableException">Storage cannot answer now (every member).</exception>
public interface IFloorPlanRepository
{
    /// <returns>Null if the tenant has no plan.</returns>
    Task<FloorPlan?> FindAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <param name="known">The version that the caller has, whose content is not read; null for none.</param>
    /// <returns>Null if the tenant has no plan.</returns>
    Task<FloorPlanImage?> FindImageAsync(TenantId tenant, Guid? known, CancellationToken cancellationToken);

    /// <summary>Stores a plan in place of the tenant's last one.</summary>
    Task SetAsync(TenantId tenant, FloorPlan plan, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <returns>False if the tenant has no plan.</returns>
    Task<bool> RemoveAsync(TenantId tenant, CancellationToken cancellationToken);
}
