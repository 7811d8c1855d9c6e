using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Application.Auditing;
using SdkChat.Application.Common.Paging;

namespace SdkChat.Api.Auditing;

/// <summary>The audit trail, for the backoffice (contract, section 8.7).</summary>
[ApiController]
[Route("api/v1/admin/audit")]
[Authorize(Policy = Policies.SuperAdmin)]
[Tags("Backoffice")]
public sealed class AdminAuditController(IMediator mediator) : ControllerBase
{
    /// <summary>List the audit trail, newest first.</summary>
    /// <remarks>
    /// Calls across tenants and calls that changed who may call, including refused calls of the backoffice. An entry appears about a second
    /// after its call. Reading the trail leaves an entry too.
    /// </remarks>
    [HttpGet]
    [EndpointName("listAuditEntries")]
    [Audited("read_audit")]
    [ProducesResponseType<ApiResponse<PageResponse<AuditEntryResponse>>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> List([FromQuery] AuditQuery query, [FromQuery] PageRequest paging, CancellationToken cancellationToken)
    {
        var page = await mediator.Send(new ListAuditEntriesQuery(query.ToFilter(), paging), cancellationToken);
        Response.AddPageLinks(page.Links);
        return Ok(new ApiResponse<PageResponse<AuditEntryResponse>>(
            new PageResponse<AuditEntryResponse>([.. page.Items.Select(AuditEntryResponse.From)], page.Total, page.Index, page.Size)));
    }
}
