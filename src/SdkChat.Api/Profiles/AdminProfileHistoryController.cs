using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Auditing;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Profiles;
using SdkChat.Domain.Profiles;

namespace SdkChat.Api.Profiles;

/// <summary>The shoppers of any tenant.</summary>
[ApiController]
[Route("api/v1/admin/sdk-chat/profiles/{profile_id}")]
[Authorize(Policy = Policies.SuperAdmin)]
[Tags("Backoffice")]
public sealed class AdminProfileHistoryController(IMediator mediator) : ControllerBase
{
    /// <summary>Read a shopper of any tenant.</summary>
    /// <remarks>Like the tenant's call, for the profiles of all tenants, and with <c>tenant_id</c>.</remarks>
    [HttpGet]
    [EndpointName("getAnyProfileHistory")]
    [ProducesError(ErrorCode.ProfileNotFound)]
    [Audited("read_profile", Target = "profile_id")]
    [ProducesResponseType<ApiResponse<ProfileHistoryResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Get([FromRoute(Name = "profile_id")] Guid profileId, CancellationToken cancellationToken)
    {
        var history = await mediator.Send(new GetProfileHistoryQuery(Tenant: null, new ProfileId(profileId)), cancellationToken);
        HttpContext.AuditTenant(history.Tenant);
        return Ok(new ApiResponse<ProfileHistoryResponse>(ProfileHistoryResponse.From(history, withTenant: true)));
    }
}
