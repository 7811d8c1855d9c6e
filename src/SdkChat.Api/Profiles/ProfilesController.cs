using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;

namespace SdkChat.Api.Profiles;

/// <summary>Profiles of shoppers, which the tenant's app manages (contract, section 5).</summary>
[ApiController]
[Route("v1/profile")]
[Authorize(Policy = Policies.SdkKey)]
[Tags("SDK")]
public sealed class ProfilesController(IMediator mediator) : ControllerBase
{
    /// <summary>Store a profile: any JSON object.</summary>
    /// <remarks>
    /// The app decides what a profile contains. Admins see <c>name</c>, <c>gender</c>, <c>age</c> and <c>locale</c> if they exist. Values
    /// that jsonb cannot hold (U+0000, an unpaired surrogate) are 400. A document is at most 256 KiB as JSON text, with numbers written
    /// out: `1e131071` counts as 131,072 digits.
    /// </remarks>
    [HttpPost]
    [EndpointName("createProfile")]
    [ProducesResponseType<ApiResponse<ProfileIdResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Create([FromBody] RawJson data, CancellationToken cancellationToken)
    {
        var profile = await mediator.Send(new CreateProfileCommand(HttpContext.GetTenant().Id, data), cancellationToken);
        return Ok(new ApiResponse<ProfileIdResponse>(new ProfileIdResponse(profile.Value)));
    }

    /// <summary>Read a profile.</summary>
    /// <remarks>
    /// The order of members and the format of numbers may differ from what was sent. The response is 413 for a document that was stored
    /// before documents had a limit and exceeds it.
    /// </remarks>
    [HttpGet("{profile_id}")]
    [EndpointName("getProfile")]
    [ProducesError(ErrorCode.ProfileNotFound, ErrorCode.PayloadTooLarge)]
    [ProducesResponseType<ApiResponse<ProfileResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Get([FromRoute(Name = "profile_id")] Guid profileId, CancellationToken cancellationToken)
    {
        var document = await mediator.Send(new GetProfileQuery(HttpContext.GetTenant().Id, new ProfileId(profileId)), cancellationToken);
        return Ok(new ApiResponse<ProfileResponse>(ProfileResponse.From(document)));
    }

    /// <summary>Set members of a profile's document, one level deep; null is stored.</summary>
    /// <remarks>
    /// Members that are not sent are not changed. Members cannot be removed. If the merged document exceeds 256 KiB, with numbers written
    /// out, the response is 413 and nothing is stored.
    /// </remarks>
    [HttpPut("{profile_id}")]
    [EndpointName("mergeProfile")]
    [ProducesError(ErrorCode.ProfileNotFound)]
    [ProducesResponseType<ApiResponse<ProfileResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Merge(
        [FromRoute(Name = "profile_id")] Guid profileId, [FromBody] RawJson patch, CancellationToken cancellationToken)
    {
        var document = await mediator.Send(
            new MergeProfileCommand(HttpContext.GetTenant().Id, new ProfileId(profileId), patch), cancellationToken);
        return Ok(new ApiResponse<ProfileResponse>(ProfileResponse.From(document)));
    }

    /// <summary>Delete a profile. Its chats stay in the history.</summary>
    /// <remarks>
    /// Returns the document as it was, and ends an open session. From then on the profile is 404. A document that was stored before
    /// documents had a limit and exceeds it is returned as `{}`.
    /// </remarks>
    [HttpDelete("{profile_id}")]
    [EndpointName("deleteProfile")]
    [ProducesError(ErrorCode.ProfileNotFound)]
    [ProducesResponseType<ApiResponse<ProfileResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Delete([FromRoute(Name = "profile_id")] Guid profileId, CancellationToken cancellationToken)
    {
        var document = await mediator.Send(
            new DeleteProfileCommand(HttpContext.GetTenant().Id, new ProfileId(profileId)), cancellationToken);
        return Ok(new ApiResponse<ProfileResponse>(ProfileResponse.From(document)));
    }
}
