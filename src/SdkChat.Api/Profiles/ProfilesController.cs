using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Application.Profiles.CreateProfile;
using SdkChat.Application.Profiles.DeleteProfile;
using SdkChat.Application.Profiles.GetProfile;
using SdkChat.Application.Profiles.MergeProfile;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;

namespace SdkChat.Api.Profiles;

/// <summary>Shoppers' profiles, as the tenant's app keeps them (contract, section 5).</summary>
[ApiController]
[Route("v1/profile")]
[Authorize(Policy = Policies.SdkKey)]
[Tags("SDK")]
public sealed class ProfilesController(IMediator mediator) : ControllerBase
{
    /// <summary>Store a profile: any JSON object.</summary>
    [HttpPost]
    [ProducesResponseType<ApiResponse<ProfileIdResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Create([FromBody] RawJson data, CancellationToken cancellationToken)
    {
        var profile = await mediator.Send(new CreateProfileCommand(HttpContext.GetTenant().Id, data), cancellationToken);
        return Ok(new ApiResponse<ProfileIdResponse>(new ProfileIdResponse(profile.Value)));
    }

    /// <summary>Read a profile.</summary>
    [HttpGet("{profile_id}")]
    [ProducesResponseType<ApiResponse<ProfileResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Get([FromRoute(Name = "profile_id")] Guid profileId, CancellationToken cancellationToken)
    {
        var document = await mediator.Send(new GetProfileQuery(HttpContext.GetTenant().Id, new ProfileId(profileId)), cancellationToken);
        return Ok(new ApiResponse<ProfileResponse>(ProfileResponse.Of(document)));
    }

    /// <summary>Put members over a profile's, one level deep; null is stored.</summary>
    [HttpPut("{profile_id}")]
    [ProducesResponseType<ApiResponse<ProfileResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Merge(
        [FromRoute(Name = "profile_id")] Guid profileId, [FromBody] RawJson patch, CancellationToken cancellationToken)
    {
        var document = await mediator.Send(
            new MergeProfileCommand(HttpContext.GetTenant().Id, new ProfileId(profileId), patch), cancellationToken);
        return Ok(new ApiResponse<ProfileResponse>(ProfileResponse.Of(document)));
    }

    /// <summary>Delete a profile. Its chats stay in the history.</summary>
    [HttpDelete("{profile_id}")]
    [ProducesResponseType<ApiResponse<ProfileResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Delete([FromRoute(Name = "profile_id")] Guid profileId, CancellationToken cancellationToken)
    {
        var document = await mediator.Send(new DeleteProfileCommand(HttpContext.GetTenant().Id, new ProfileId(profileId)), cancellationToken);
        return Ok(new ApiResponse<ProfileResponse>(ProfileResponse.Of(document)));
    }
}
