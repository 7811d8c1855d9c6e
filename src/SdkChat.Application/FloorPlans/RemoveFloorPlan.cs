using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.FloorPlans;

/// <summary>Deletes the tenant's floor plan.</summary>
/// <exception cref="NotFoundException">The tenant has no floor plan.</exception>
public sealed record RemoveFloorPlanCommand(TenantId Tenant) : IRequest<Unit>;

internal sealed class RemoveFloorPlanHandler(IFloorPlanRepository plans) : IRequestHandler<RemoveFloorPlanCommand, Unit>
{
    public async Task<Unit> Handle(RemoveFloorPlanCommand request, CancellationToken cancellationToken)
    {
        if (!await plans.RemoveAsync(request.Tenant, cancellationToken))
            throw NotFoundException.FloorPlan();
        return Unit.Value;
    }
}
