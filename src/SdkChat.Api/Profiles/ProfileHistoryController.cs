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

/// <summary>The shoppers of a tenant, for its admins.</summary>
[ApiController]
[Route("api/v1/sdk-chat/profiles/{profile_id}")]
[Authorize(Policy = Policies.TenantAdmin)]
[Tags("Tenant")]
public sealed class ProfileHistoryController(IMediator mediator) : ControllerBase
{
    /// <summary>Read a shopper: the profile, its sessions with their stamps, first and last seen.</summary>
    /// <remarks>
    /// The newest 50 sessions, newest first, with at most 500 stamps and 1 MiB of their objects; <c>omitted_sessions</c> and
    /// <c>omitted_stamps</c> count what is left out. A profile that the app has deleted is shown without its document until it is erased.
    /// The profile's chats are in the list and in the counts with <c>profile_id</c>.
    /// </remarks>
    [HttpGet]
    [EndpointName("getProfileHistory")]
    [ProducesError(ErrorCode.ProfileNotFound)]
    [ProducesResponseType<ApiResponse<ProfileHistoryResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Get([FromRoute(Name = "profile_id")] Guid profileId, CancellationToken cancellationToken)
    {
        var history = await mediator.Send(
            new GetProfileHistoryQuery(HttpContext.GetTenant().Id, new ProfileId(profileId)), cancellationToken);
        return Ok(new ApiResponse<ProfileHistoryResponse>(ProfileHistoryResponse.From(history)));
    }
}
