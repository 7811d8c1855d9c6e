using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.FloorPlans;

/// <summary>The picture of the tenant's floor plan.</summary>
/// <param name="Known">The version that the caller has; null for none.</param>
/// <exception cref="NotFoundException">The tenant has no floor plan.</exception>
public sealed record GetFloorPlanImageQuery(TenantId Tenant, Guid? Known) : IRequest<FloorPlanImage>;

internal sealed class GetFloorPlanImageHandler(IFloorPlanRepository plans) : IRequestHandler<GetFloorPlanImageQuery, FloorPlanImage>
{
    public async Task<FloorPlanImage> Handle(GetFloorPlanImageQuery request, CancellationToken cancellationToken) =>
        await plans.FindImageAsync(request.Tenant, request.Known, cancellationToken) ?? throw NotFoundException.FloorPlan();
}
