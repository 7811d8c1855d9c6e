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
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Profiles;

/// <summary>Erasures of persons, for the backoffice.</summary>
[ApiController]
[Route("api/v1/admin/tenants/{tenant_id}/erasures")]
[Authorize(Policy = Policies.SuperAdmin)]
[Tags("Backoffice")]
public sealed class AdminErasuresController(IMediator mediator) : ControllerBase
{
    /// <summary>Erase a person permanently.</summary>
    /// <remarks>
    /// Erases the profile, its chats with prompts and results, its sessions, and everything else that was stored because of them. It cannot
    /// be undone. If the tenant has no such profile (any more), nothing is erased and <c>erasure_id</c> is null: a repeated call is safe.
    /// Data that the pipeline received, backups and ids in audit entries stay.
    /// </remarks>
    [HttpPost]
    [EndpointName("eraseProfile")]
    [Audited("erase_profile", TargetKind = "profile")]
    [ProducesError(ErrorCode.TenantNotFound)]
    [ProducesResponseType<ApiResponse<ErasedProfileResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Erase([FromRoute(Name = "tenant_id")] Guid tenantId, [FromBody] EraseProfileRequest request)
    {
        if (request.ProfileId is not { } profileId)
            return new FailureResult(Failure.Invalid([("profile_id", "must be a UUID.")]));

        var (tenant, profile) = (new TenantId(tenantId), new ProfileId(profileId));
        // The entry of a refused call names the person too. A missing confirmation counts as an empty one: only operators may omit it.
        HttpContext.AuditTenant(tenant, target: profileId);
        // Not cancelled if the client disconnects: the audit trail must contain the erasure.
        var erasure = await mediator.Send(
            new EraseProfileCommand(tenant, profile) { Confirmation = request.Confirm ?? "" }, CancellationToken.None);
        HttpContext.AuditTenant(tenant, isDone: true, target: profileId);
        return Ok(new ApiResponse<ErasedProfileResponse>(ErasedProfileResponse.From(profile, erasure)));
    }
}
