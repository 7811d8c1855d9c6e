using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Auditing;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Application.Common.Paging;
using SdkChat.Application.Tenants.ListTenantPage;

namespace SdkChat.Api.Tenants;

/// <summary>The tenants, for backoffice pages that must show whose chat it is.</summary>
[ApiController]
[Route("api/v1/admin/tenants")]
[Authorize(Policy = Policies.SuperAdmin)]
[Tags("Backoffice")]
public sealed class AdminTenantsController(IMediator mediator, IMapper mapper) : ControllerBase
{
    /// <summary>List the tenants, by code.</summary>
    /// <remarks>All there are, disabled ones too: for pages that must show whose chat it is.</remarks>
    [HttpGet]
    [EndpointName("listTenants")]
    [Audited("list_tenants")]
    [ProducesResponseType<ApiResponse<PageResponse<TenantResponse>>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> List([FromQuery] NumberedPageRequest paging, CancellationToken cancellationToken)
    {
        var page = await mediator.Send(new ListTenantPageQuery(paging), cancellationToken);
        Response.AddPageLinks(page.Total, page.Index, page.Size);
        return Ok(new ApiResponse<PageResponse<TenantResponse>>(
            new PageResponse<TenantResponse>(mapper.Map<TenantResponse[]>(page.Items), page.Total, page.Index, page.Size)));
    }
}
