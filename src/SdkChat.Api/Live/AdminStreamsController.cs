using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Auditing;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Common.Paging;
using SdkChat.Application.Live;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Live;

/// <summary>The open streams of all nodes.</summary>
[ApiController]
[Route("api/v1/admin/sdk-chat/streams")]
[Authorize(Policy = Policies.SuperAdmin)]
[Tags("Backoffice")]
public sealed class AdminStreamsController(IMediator mediator, IMapper mapper) : ControllerBase
{
    /// <summary>List the open streams of all nodes, newest first.</summary>
    /// <remarks>
    /// Each call asks every node. A node that does not reply within two seconds is missing from items and total, which <c>nodes</c> shows.
    /// </remarks>
    /// <param name="tenantId">Only this tenant's streams.</param>
    [HttpGet]
    [EndpointName("listStreams")]
    [Audited("list_streams")]
    [ProducesResponseType<ApiResponse<StreamPageResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> List(
        [FromQuery(Name = "tenant_id")] Guid? tenantId, [FromQuery] NumberedPageRequest paging, CancellationToken cancellationToken)
    {
        var tenant = tenantId is { } owner ? new TenantId(owner) : (TenantId?)null;
        var found = await mediator.Send(new ListStreamsQuery(tenant, paging), cancellationToken);
        var page = found.Streams;
        Response.AddPageLinks(page.Total, page.Index, page.Size);
        return Ok(new ApiResponse<StreamPageResponse>(new StreamPageResponse(
            mapper.Map<StreamResponse[]>(page.Items), page.Total, page.Index, page.Size,
            new NodesResponse(found.NodesAsked, found.NodesAnswered))));
    }

    /// <summary>End a stream on any node.</summary>
    /// <remarks>
    /// The stream ends properly, with the reason <c>disconnected</c>. Its client may reconnect at once, as <c>EventSource</c> does: to keep
    /// it out, block the user or disable the tenant.
    /// </remarks>
    [HttpDelete("{stream_id}")]
    [EndpointName("disconnectStream")]
    [ProducesError(ErrorCode.StreamNotFound)]
    [Audited("disconnect_stream", Target = "stream_id")]
    [ProducesResponseType<ApiResponse<DisconnectedStreamResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Disconnect([FromRoute(Name = "stream_id")] Guid streamId)
    {
        // Not cancelled if the client disconnects; it takes two seconds at most. The stream may have been ended, and the audit trail must
        // contain its tenant.
        var tenant = await mediator.Send(new DisconnectStreamCommand(streamId), CancellationToken.None);
        HttpContext.AuditTenant(tenant, isDone: true);
        return Ok(new ApiResponse<DisconnectedStreamResponse>(new DisconnectedStreamResponse(streamId)));
    }
}
