using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Auditing;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Screens;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Screens;

/// <summary>The screens of any tenant, for the backoffice.</summary>
[ApiController]
[Route("api/v1/admin/tenants/{tenant_id}/screens")]
[Authorize(Policy = Policies.SuperAdmin)]
[Tags("Backoffice")]
public sealed class AdminScreensController(IMediator mediator) : ControllerBase
{
    /// <summary>List a tenant's screens, newest first.</summary>
    /// <remarks>Like the tenant's call. Only the tenant's own admins make links.</remarks>
    [HttpGet]
    [EndpointName("listTenantScreens")]
    [Audited("list_screens")]
    [ProducesError(ErrorCode.TenantNotFound)]
    [ProducesResponseType<ApiResponse<ScreensResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> List([FromRoute(Name = "tenant_id")] Guid tenantId, CancellationToken cancellationToken)
    {
        var screens = await mediator.Send(new ListScreensQuery(new TenantId(tenantId)), cancellationToken);
        return Ok(new ApiResponse<ScreensResponse>(new ScreensResponse([.. screens.Select(ScreenResponse.From)])));
    }

    /// <summary>Sign a tenant's screen out, or withdraw its link.</summary>
    /// <remarks>Its calls are 401 and its streams end, on every node within 5 s. A screen of another tenant is unknown.</remarks>
    [HttpDelete("{screen_id}")]
    [EndpointName("revokeTenantScreen")]
    [Audited("revoke_screen", Target = "screen_id")]
    [ProducesError(ErrorCode.ScreenNotFound)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<IActionResult> Revoke([FromRoute(Name = "tenant_id")] Guid tenantId, [FromRoute(Name = "screen_id")] Guid screenId)
    {
        var tenant = new TenantId(tenantId);
        // Not cancelled if the client disconnects: the audit trail must contain the change.
        await mediator.Send(new RevokeScreenCommand(tenant, screenId), CancellationToken.None);
        HttpContext.AuditTenant(tenant, isDone: true);
        return NoContent();
    }
}
