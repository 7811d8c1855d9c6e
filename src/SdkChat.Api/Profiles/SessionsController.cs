using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Application.Profiles.EndSession;
using SdkChat.Application.Profiles.StartSession;
using SdkChat.Domain.Profiles;

namespace SdkChat.Api.Profiles;

/// <summary>Shoppers' visits: one at a time (contract, section 5).</summary>
[ApiController]
[Route("v1/profile/{profile_id}/session")]
[Authorize(Policy = Policies.SdkKey)]
[Tags("SDK")]
public sealed class SessionsController(IMediator mediator) : ControllerBase
{
    /// <summary>Open the profile's one active session.</summary>
    [HttpPost("start")]
    [ProducesResponseType<ApiResponse<SessionResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Start([FromRoute(Name = "profile_id")] Guid profileId, CancellationToken cancellationToken)
    {
        var session = await mediator.Send(new StartSessionCommand(HttpContext.GetTenant().Id, new ProfileId(profileId)), cancellationToken);
        return Ok(new ApiResponse<SessionResponse>(SessionResponse.Of(session)));
    }

    /// <summary>End the active session.</summary>
    [HttpPost("end")]
    [ProducesResponseType<ApiResponse<SessionResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> End([FromRoute(Name = "profile_id")] Guid profileId, CancellationToken cancellationToken)
    {
        var session = await mediator.Send(new EndSessionCommand(HttpContext.GetTenant().Id, new ProfileId(profileId)), cancellationToken);
        return Ok(new ApiResponse<SessionResponse>(SessionResponse.Of(session)));
    }
}
