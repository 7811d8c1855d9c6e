using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Profiles;

namespace SdkChat.Api.Profiles;

/// <summary>Sessions of shoppers: one at a time (contract, section 5).</summary>
[ApiController]
[Route("v1/profile/{profile_id}/session")]
[Authorize(Policy = Policies.SdkKey)]
[Tags("SDK")]
public sealed class SessionsController(IMediator mediator) : ControllerBase
{
    /// <summary>Open the profile's active session. There is at most one.</summary>
    /// <remarks>Chats that start while it is open have its id as <c>profile_session_id</c>.</remarks>
    [HttpPost("start")]
    [EndpointName("startSession")]
    [ProducesError(ErrorCode.ProfileNotFound, ErrorCode.SessionActive)]
    [ProducesResponseType<ApiResponse<SessionResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Start([FromRoute(Name = "profile_id")] Guid profileId, CancellationToken cancellationToken)
    {
        var session = await mediator.Send(new StartSessionCommand(HttpContext.GetTenant().Id, new ProfileId(profileId)), cancellationToken);
        return Ok(new ApiResponse<SessionResponse>(SessionResponse.From(session)));
    }

    /// <summary>Set a stamp on the active session.</summary>
    /// <remarks>
    /// The stamps of a session are in the response to the call that ends it and in the timelines of its chats. A session has at most 200
    /// stamps; one more is 413.
    /// </remarks>
    [HttpPost("stamp")]
    [EndpointName("stampSession")]
    [ProducesError(ErrorCode.ProfileNotFound, ErrorCode.NoActiveSession)]
    [ProducesResponseType<ApiResponse<StampedSessionResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Stamp(
        [FromRoute(Name = "profile_id")] Guid profileId, [FromBody] StampSessionRequest stamp, CancellationToken cancellationToken)
    {
        var command = new StampSessionCommand(HttpContext.GetTenant().Id, new ProfileId(profileId), stamp.Status, stamp.Meta);
        var (session, profile, stored) = await mediator.Send(command, cancellationToken);
        return Ok(new ApiResponse<StampedSessionResponse>(new StampedSessionResponse(
            session.Value, profile.Value, stored.Status, stored.StampedAt)));
    }

    /// <summary>End the active session.</summary>
    /// <remarks>Only this response has <c>ended_at</c>, and <c>stamps</c> if the session has any.</remarks>
    [HttpPost("end")]
    [EndpointName("endSession")]
    [ProducesError(ErrorCode.ProfileNotFound, ErrorCode.NoActiveSession)]
    [ProducesResponseType<ApiResponse<SessionResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> End([FromRoute(Name = "profile_id")] Guid profileId, CancellationToken cancellationToken)
    {
        var session = await mediator.Send(new EndSessionCommand(HttpContext.GetTenant().Id, new ProfileId(profileId)), cancellationToken);
        return Ok(new ApiResponse<SessionResponse>(SessionResponse.From(session)));
    }
}
