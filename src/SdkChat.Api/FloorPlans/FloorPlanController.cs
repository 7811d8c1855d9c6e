using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Auditing;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Binding;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.FloorPlans;
using SdkChat.Domain.FloorPlans;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.FloorPlans;

/// <summary>The tenant's own floor plan, on which the console shows where notifications are (docs/decisions/0048).</summary>
[ApiController]
[Route("api/v1/floor-plan")]
[Authorize(Policy = Policies.TenantAdmin)]
[Tags("Tenant")]
public sealed class FloorPlanController(IMediator mediator) : ControllerBase
{
    /// <summary>Read whether the tenant has a floor plan, and which.</summary>
    /// <remarks>The positions of notification items, from 0 to 1, are parts of its width and height.</remarks>
    [HttpGet]
    [EndpointName("getFloorPlan")]
    [ProducesResponseType<ApiResponse<FloorPlanStateResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Get(CancellationToken cancellationToken)
    {
        var plan = await mediator.Send(new GetFloorPlanQuery(Tenant), cancellationToken);
        return Ok(new ApiResponse<FloorPlanStateResponse>(new FloorPlanStateResponse(plan is null ? null : FloorPlanResponse.From(plan))));
    }

    /// <summary>Read the picture of the tenant's floor plan.</summary>
    /// <remarks>As it was stored. With <c>If-None-Match</c>, a picture that has not changed is 304.</remarks>
    [HttpGet("image")]
    [EndpointName("getFloorPlanImage")]
    [ProducesError(ErrorCode.FloorPlanNotFound)]
    [ProducesResponseType<string>(StatusCodes.Status200OK, ImageBody.Png, ImageBody.Jpeg, ImageBody.Webp)]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    public async Task<IActionResult> Image(CancellationToken cancellationToken) =>
        new FloorPlanImageResult(
            await mediator.Send(new GetFloorPlanImageQuery(Tenant, FloorPlanImageResult.KnownTo(Request)), cancellationToken));

    /// <summary>Store the tenant's floor plan, in place of its last one.</summary>
    /// <remarks>
    /// The body is a PNG, JPEG or WebP image without animation: at most 1 MiB, 100 to 4,096 pixels wide and high. Its content decides what
    /// it is, whatever <c>Content-Type</c> says. SVG is refused.
    /// </remarks>
    [HttpPut("image")]
    [EndpointName("setFloorPlan")]
    [Audited("set_floor_plan")]
    [LargeBody(PlanImage.MaxBytes)]
    [ProducesError(ErrorCode.ValidationFailed, ErrorCode.MalformedJson, ErrorCode.UnsupportedMediaType)]
    [ProducesResponseType<ApiResponse<FloorPlanResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Set()
    {
        var tenant = Tenant;
        using var upload = HttpContext.RequestServices.GetRequiredService<FloorPlanUploads>().Begin(tenant);
        using var body = await ImageBody.ReadAsync(Request);
        // Not cancelled if the client disconnects: the audit trail must contain the change.
        var plan = await mediator.Send(new SetFloorPlanCommand(tenant, body.Written, HttpContext.GetSubject()), CancellationToken.None);
        HttpContext.AuditTenant(tenant, isDone: true);
        return Ok(new ApiResponse<FloorPlanResponse>(FloorPlanResponse.From(plan)));
    }

    /// <summary>Delete the tenant's floor plan.</summary>
    /// <remarks>The console then shows no map.</remarks>
    [HttpDelete("image")]
    [EndpointName("removeFloorPlan")]
    [Audited("remove_floor_plan")]
    [ProducesError(ErrorCode.FloorPlanNotFound)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<IActionResult> Remove()
    {
        var tenant = Tenant;
        // Not cancelled, as above.
        await mediator.Send(new RemoveFloorPlanCommand(tenant), CancellationToken.None);
        HttpContext.AuditTenant(tenant, isDone: true);
        return NoContent();
    }

    private TenantId Tenant => HttpContext.GetTenant().Id;
}
