using MediatR;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.FloorPlans;

/// <summary>The tenant's floor plan without its picture; null if it has none.</summary>
public sealed record GetFloorPlanQuery(TenantId Tenant) : IRequest<FloorPlan?>;

internal sealed class GetFloorPlanHandler(IFloorPlanRepository plans) : IRequestHandler<GetFloorPlanQuery, FloorPlan?>
{
    public Task<FloorPlan?> Handle(GetFloorPlanQuery request, CancellationToken cancellationToken) =>
        plans.FindAsync(request.Tenant, cancellationToken);
}
