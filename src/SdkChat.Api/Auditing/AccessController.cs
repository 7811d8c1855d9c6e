using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Application.Auditing;
using SdkChat.Application.Common.Paging;

namespace SdkChat.Api.Auditing;

/// <summary>What super admins read of a tenant, for the tenant (contract, section 8.7).</summary>
[ApiController]
[Route("api/v1/sdk-chat/access")]
[Authorize(Policy = Policies.TenantAdmin)]
[Tags("Tenant")]
public sealed class AccessController(IMediator mediator) : ControllerBase
{
    /// <summary>List what super admins read of the tenant, newest first.</summary>
    /// <remarks>When, which action, which chat or profile; not who. Repeated reads of one page within an hour are one entry with their number.</remarks>
    [HttpGet]
    [EndpointName("listAccess")]
    [ProducesResponseType<ApiResponse<PageResponse<AccessEntryResponse>>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> List([FromQuery] PageRequest paging, CancellationToken cancellationToken)
    {
        var page = await mediator.Send(new ListAccessQuery(HttpContext.GetTenant().Id, paging), cancellationToken);
        Response.AddPageLinks(page.Links);
        return Ok(new ApiResponse<PageResponse<AccessEntryResponse>>(
            new PageResponse<AccessEntryResponse>([.. page.Items.Select(AccessEntryResponse.From)], page.Total, page.Index, page.Size)));
    }
}
