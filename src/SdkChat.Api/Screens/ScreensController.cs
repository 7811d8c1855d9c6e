using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Auditing;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Screens;

namespace SdkChat.Api.Screens;

/// <summary>Screens that show the tenant's wall without a user's sign-in (docs/decisions/0044).</summary>
[ApiController]
[Route("api/v1/screens")]
[Authorize(Policy = Policies.TenantAdmin)]
[Tags("Tenant")]
public sealed class ScreensController(IMediator mediator) : ControllerBase
{
    /// <summary>List the tenant's screens, newest first.</summary>
    /// <remarks>Includes links that still work, without their secrets; revoked screens are not listed.</remarks>
    [HttpGet]
    [EndpointName("listScreens")]
    [ProducesResponseType<ApiResponse<ScreensResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> List(CancellationToken cancellationToken)
    {
        var screens = await mediator.Send(new ListScreensQuery(HttpContext.GetTenant().Id), cancellationToken);
        return Ok(new ApiResponse<ScreensResponse>(new ScreensResponse([.. screens.Select(ScreenResponse.From)])));
    }

    /// <summary>Make a link that signs a screen in.</summary>
    /// <remarks>
    /// Open <c>path</c> on the service's host, on the screen, within ten minutes. It works once, and is shown only in this response. The
    /// screen then reads what the console's wall shows, and nothing else, until it is revoked.
    /// </remarks>
    [HttpPost]
    [EndpointName("addScreen")]
    [Audited("add_screen", TargetKind = "screen")]
    [ProducesError(ErrorCode.TooManyScreens)]
    [ProducesResponseType<ApiResponse<AddedScreenResponse>>(StatusCodes.Status201Created, "application/json")]
    public async Task<IActionResult> Add([FromBody] AddScreenRequest request)
    {
        var tenant = HttpContext.GetTenant().Id;
        // Not cancelled if the client disconnects: the audit trail must contain the change.
        var added = await mediator.Send(new AddScreenCommand(tenant, request.Name ?? "", HttpContext.GetSubject()), CancellationToken.None);
        HttpContext.AuditTenant(tenant, isDone: true, target: added.Screen.Id);
        return StatusCode(
            StatusCodes.Status201Created, new ApiResponse<AddedScreenResponse>(AddedScreenResponse.From(added, Request.PathBase)));
    }

    /// <summary>Sign a screen out, or withdraw its link.</summary>
    /// <remarks>
    /// Its calls are 401 and its streams end, on every node within 5 s. A screen of another tenant is unknown, like one that does not exist
    /// or was revoked.
    /// </remarks>
    [HttpDelete("{screen_id}")]
    [EndpointName("revokeScreen")]
    [Audited("revoke_screen", Target = "screen_id")]
    [ProducesError(ErrorCode.ScreenNotFound)]
    [ProducesResponseType(StatusCodes.Status204NoContent)]
    public async Task<IActionResult> Revoke([FromRoute(Name = "screen_id")] Guid screenId)
    {
        var tenant = HttpContext.GetTenant().Id;
        // Not cancelled, as above.
        await mediator.Send(new RevokeScreenCommand(tenant, screenId), CancellationToken.None);
        HttpContext.AuditTenant(tenant, isDone: true);
        return NoContent();
    }
}
