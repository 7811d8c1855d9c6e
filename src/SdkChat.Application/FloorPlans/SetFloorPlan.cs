using FluentValidation;
using MediatR;
using SdkChat.Domain.Common;
using SdkChat.Domain.FloorPlans;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.FloorPlans;

/// <summary>Stores the tenant's floor plan in place of its last one.</summary>
/// <param name="Content">The picture as a file.</param>
/// <param name="By">The caller's subject, from the token.</param>
public sealed record SetFloorPlanCommand(TenantId Tenant, ReadOnlyMemory<byte> Content, string? By) : IRequest<FloorPlan>;

internal sealed class SetFloorPlanValidator : AbstractValidator<SetFloorPlanCommand>
{
    public SetFloorPlanValidator()
    {
        RuleFor(command => Read(command)).Cascade(CascadeMode.Stop)
            .NotNull().WithMessage("must be a complete PNG, JPEG or WebP image without animation.")
            .Must(image => image!.HasValidSize)
            .WithMessage($"must be {PlanImage.MinSide} to {PlanImage.MaxSide} pixels wide and high.")
            .OverridePropertyName("body");
        RuleFor(command => command.Content.Length).LessThanOrEqualTo(PlanImage.MaxBytes)
            .OverridePropertyName("body").WithMessage("must be at most 1 MiB.");
    }

    private static PlanImage? Read(SetFloorPlanCommand command) => PlanImage.Read(command.Content.Span);
}

internal sealed class SetFloorPlanHandler(IFloorPlanRepository plans, TimeProvider clock) : IRequestHandler<SetFloorPlanCommand, FloorPlan>
{
    public async Task<FloorPlan> Handle(SetFloorPlanCommand request, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var plan = new FloorPlan(Guid.CreateVersion7(now), PlanImage.Read(request.Content.Span)!, request.Content.Length, now, request.By);
        await plans.SetAsync(request.Tenant, plan, request.Content, cancellationToken);
        return plan;
    }
}
