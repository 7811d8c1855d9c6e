using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Auditing;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Binding;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Common.Paging;
using SdkChat.Application.Tenants;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Tenants;

/// <summary>The tenants, for the backoffice.</summary>
[ApiController]
[Route("api/v1/admin/tenants")]
[Authorize(Policy = Policies.SuperAdmin)]
[Tags("Backoffice")]
public sealed class AdminTenantsController(IMediator mediator, IMapper mapper) : ControllerBase
{
    /// <summary>List the tenants, by code.</summary>
    /// <remarks>Includes disabled tenants, for pages that show the tenant of a chat.</remarks>
    [HttpGet]
    [EndpointName("listTenants")]
    [Audited("list_tenants")]
    [ProducesResponseType<ApiResponse<PageResponse<TenantResponse>>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> List(
        [FromQuery(Name = "name")] string? name, [FromQuery(Name = "ids")] TenantIds? ids, [FromQuery] NumberedPageRequest paging,
        CancellationToken cancellationToken)
    {
        var page = await mediator.Send(new ListTenantPageQuery(new TenantFilter(name, ids?.Values), paging), cancellationToken);
        Response.AddPageLinks(page.Total, page.Index, page.Size);
        return Ok(new ApiResponse<PageResponse<TenantResponse>>(
            new PageResponse<TenantResponse>(mapper.Map<TenantResponse[]>(page.Items), page.Total, page.Index, page.Size)));
    }
    /// <summary>Add a tenant.</summary>
    /// <remarks>The tenant is enabled. Its code never changes.</remarks>
    [HttpPost]
    [EndpointName("addTenant")]
    [Audited("add_tenant")]
    [ProducesError(ErrorCode.TenantExists)]
    [ProducesResponseType<ApiResponse<TenantResponse>>(StatusCodes.Status201Created, "application/json")]
    public async Task<IActionResult> Add([FromBody] AddTenantRequest request)
    {
        // Not cancelled if the client disconnects: the audit trail must contain the change. A missing member counts as an empty one.
        var tenant = await mediator.Send(new AddTenantCommand(request.Code ?? "", request.Name ?? ""), CancellationToken.None);
        HttpContext.AuditTenant(tenant.Id, isDone: true);
        return StatusCode(StatusCodes.Status201Created, new ApiResponse<TenantResponse>(mapper.Map<TenantResponse>(tenant)));
    }

    /// <summary>Rename a tenant, or enable or disable it.</summary>
    /// <remarks>A disabled tenant's callers are refused and its streams end, on every node within 5 s. Its data stays.</remarks>
    [HttpPatch("{tenant_id}")]
    [EndpointName("updateTenant")]
    [Audited("update_tenant")]
    [ProducesError(ErrorCode.TenantNotFound)]
    [ProducesResponseType<ApiResponse<TenantResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Update([FromRoute(Name = "tenant_id")] Guid tenantId, [FromBody] UpdateTenantRequest request)
    {
        var tenant = await mediator.Send(
            new UpdateTenantCommand(new TenantId(tenantId), request.Name, request.Enabled), CancellationToken.None);
        HttpContext.AuditTenant(tenant.Id, isDone: true);
        return Ok(new ApiResponse<TenantResponse>(mapper.Map<TenantResponse>(tenant)));
    }
}
