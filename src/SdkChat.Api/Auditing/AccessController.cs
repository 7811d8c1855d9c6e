using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Application.Auditing;
using SdkChat.Application.Common.Paging;

namespace SdkChat.Api.Auditing;

/// <summary>The reads of a tenant's data by super admins, and their changes on request, for the tenant (contract, section 8.7).</summary>
[ApiController]
[Route("api/v1/sdk-chat/access")]
[Authorize(Policy = Policies.TenantAdmin)]
[Tags("Tenant")]
public sealed class AccessController(IMediator mediator) : ControllerBase
{
    /// <summary>List the reads of the tenant's data by super admins, newest first.</summary>
    /// <remarks>
    /// An entry has the time, the action and the chat or profile, but not the reader. Repeated reads of one page within an hour are one
    /// entry with a count. With <c>changes=true</c> the list also has what super admins changed: persons erased, keys, screens, blocks,
    /// streams, the tenant itself.
    /// </remarks>
    [HttpGet]
    [EndpointName("listAccess")]
    [ProducesResponseType<ApiResponse<PageResponse<AccessEntryResponse>>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> List(
        [FromQuery(Name = "changes")] bool? changes, [FromQuery] PageRequest paging, CancellationToken cancellationToken)
    {
        var page = await mediator.Send(
            new ListAccessQuery(HttpContext.GetTenant().Id, paging) { HasChanges = changes ?? false }, cancellationToken);
        Response.AddPageLinks(page.Links);
        return Ok(new ApiResponse<PageResponse<AccessEntryResponse>>(
            new PageResponse<AccessEntryResponse>([.. page.Items.Select(AccessEntryResponse.From)], page.Total, page.Index, page.Size)));
    }
}
