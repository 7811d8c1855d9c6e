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
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Tenants;

/// <summary>Blocks of tenants' users: their calls are refused although their tokens are valid (contract, section 8.6).</summary>
[ApiController]
[Route("api/v1/admin/blocks")]
[Authorize(Policy = Policies.SuperAdmin)]
[Tags("Backoffice")]
public sealed class AdminBlocksController(IMediator mediator) : ControllerBase
{
    /// <summary>List the blocks that have not ended, newest first.</summary>
    /// <remarks>A block that has ended is not listed, and is removed some days later.</remarks>
    [HttpGet]
    [EndpointName("listBlocks")]
    [Audited("list_blocks")]
    [ProducesResponseType<ApiResponse<PageResponse<BlockResponse>>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> List(
        [FromQuery(Name = "tenant_id")] Guid? tenantId, [FromQuery] NumberedPageRequest paging, CancellationToken cancellationToken)
    {
        var page = await mediator.Send(new ListBlocksQuery(tenantId is { } id ? new TenantId(id) : null, paging), cancellationToken);
        Response.AddPageLinks(page.Total, page.Index, page.Size);
        return Ok(new ApiResponse<PageResponse<BlockResponse>>(
            new PageResponse<BlockResponse>([.. page.Items.Select(BlockResponse.From)], page.Total, page.Index, page.Size)));
    }

    /// <summary>Block a tenant's user.</summary>
    /// <remarks>
    /// The user's streams end and the user's calls are 403 <c>BLOCKED</c>, on every node within 5 s. If the user is already blocked, the
    /// block gets the new end and reason, and the response is 200. SDK keys are not affected.
    /// </remarks>
    [HttpPost]
    [EndpointName("blockSubject")]
    [Audited("block_subject", TargetKind = "block")]
    [ProducesError(ErrorCode.TenantNotFound)]
    [ProducesResponseType<ApiResponse<BlockResponse>>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType<ApiResponse<BlockResponse>>(StatusCodes.Status201Created, "application/json")]
    public async Task<IActionResult> Block([FromBody] BlockRequest request)
    {
        if (request.TenantId is not { } tenantId)
            return new FailureResult(Failure.Invalid([("tenant_id", "must be a UUID.")]));

        var tenant = new TenantId(tenantId);
        var until = InstantText.TryParse(request.Until, out var instant) ? instant.ToMilliseconds() : (DateTimeOffset?)null;
        // Not cancelled if the client disconnects: the audit trail must contain the change.
        var blocked = await mediator.Send(
            new BlockSubjectCommand(tenant, request.Subject ?? "", until, request.Reason ?? "", HttpContext.GetSubject()),
            CancellationToken.None);
        HttpContext.AuditTenant(tenant, isDone: true, target: blocked.Block.Id);
        return StatusCode(
            blocked.IsNew ? StatusCodes.Status201Created : StatusCodes.Status200OK,
            new ApiResponse<BlockResponse>(BlockResponse.From(blocked.Block)));
    }

    /// <summary>Remove a block, so that the user is accepted again.</summary>
    /// <remarks>Takes effect on every node within 5 s. The response is the block that was removed.</remarks>
    [HttpDelete("{block_id}")]
    [EndpointName("unblockSubject")]
    [Audited("unblock_subject", Target = "block_id")]
    [ProducesError(ErrorCode.BlockNotFound)]
    [ProducesResponseType<ApiResponse<BlockResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Unblock([FromRoute(Name = "block_id")] Guid blockId)
    {
        // Not cancelled, as above.
        var block = await mediator.Send(new UnblockSubjectCommand(blockId), CancellationToken.None);
        HttpContext.AuditTenant(block.Tenant, isDone: true);
        return Ok(new ApiResponse<BlockResponse>(BlockResponse.From(block)));
    }
}
