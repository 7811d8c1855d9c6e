using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Auditing;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Application.Common.Paging;
using SdkChat.Application.Common.Time;
using SdkChat.Application.Live;
using SdkChat.Application.Tenants;

namespace SdkChat.Api.Tenants;

/// <summary>The overview of all tenants, for the backoffice.</summary>
[ApiController]
[Route("api/v1/admin/tenants/overview")]
[Authorize(Policy = Policies.SuperAdmin)]
[Tags("Backoffice")]
public sealed class AdminOverviewController(IMediator mediator) : ControllerBase
{
    /// <summary>List the tenants with their numbers, those that need attention first.</summary>
    /// <remarks>
    /// The order is: enabled tenants with a chat that has waited for more than five minutes; then tenants by failed chats times their
    /// share; then tenants whose keys expire within 14 days; then by chats. Disabled tenants are last. Without <c>from</c> the chats of
    /// today are counted, in <c>tz</c>; <c>from</c> must be at most 7 days ago. Streams of a node that does not reply within two seconds
    /// are not counted, which <c>nodes</c> shows.
    /// </remarks>
    [HttpGet]
    [EndpointName("getTenantOverview")]
    [Audited("read_overview")]
    [ProducesResponseType<ApiResponse<TenantOverviewPageResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> List(
        [FromQuery(Name = "name")] string? name,
        [FromQuery(Name = "from")] TimeBound? from,
        [FromQuery(Name = "tz")] TimeZoneName? tz,
        [FromQuery] NumberedPageRequest paging,
        CancellationToken cancellationToken)
    {
        var zone = tz ?? TimeZoneName.Utc;
        var found = await mediator.Send(
            new GetTenantOverviewQuery(new TenantFilter(name), from?.Resolve(zone), zone, paging), cancellationToken);
        var page = found.Tenants;
        Response.AddPageLinks(page.Total, page.Index, page.Size);
        return Ok(new ApiResponse<TenantOverviewPageResponse>(new TenantOverviewPageResponse(
            [.. page.Items.Select(TenantOverviewResponse.From)], page.Total, page.Index, page.Size, found.From,
            new(found.NodesAsked, found.NodesAnswered))));
    }
}
