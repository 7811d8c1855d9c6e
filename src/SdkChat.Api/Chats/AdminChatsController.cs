using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Http.Binding;
using SdkChat.Api.Auditing;
using SdkChat.Api.Authentication;
using SdkChat.Api.Chats.Statistics;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Chats;

/// <summary>Chats of all tenants for the backoffice (contract, section 4).</summary>
[ApiController]
[Route("api/v1/admin/sdk-chat")]
[Authorize(Policy = Policies.SuperAdmin)]
[Tags("Backoffice")]
public sealed class AdminChatsController(IMediator mediator, IMapper mapper) : ControllerBase
{
    /// <summary>List all tenants' chats, newest first.</summary>
    /// <remarks>
    /// All filters are optional, and a chat must meet all of them. Each row includes its tenant; otherwise this is like the tenant's list.
    /// With <c>If-None-Match</c>, a page that has not changed is 304.
    /// </remarks>
    [HttpGet]
    [EndpointName("listAllChats")]
    [Audited("list_chats", Target = "profile_id")]
    [ProducesResponseType<ApiResponse<PageResponse<AdminChatListItemResponse>>>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    public async Task<IActionResult> List(
        [FromQuery(Name = "tenant_id")] Guid? tenantId,
        [FromQuery] ChatFilterParameters filter,
        [FromQuery] PageRequest paging,
        CancellationToken cancellationToken)
    {
        var scope = new ChatScope.Backoffice(tenantId is { } tenant ? new TenantId(tenant) : null);
        return await mediator.Send(new RenderChatPage(new ListChatsQuery(scope, filter.ToFilter(), paging)), cancellationToken);
    }

    /// <summary>Count all tenants' chats by status.</summary>
    /// <remarks>
    /// All numbers are of one moment, and exact unless `total_is_lower_bound` is true. The filters are those of the list.
    /// </remarks>
    [HttpGet("counts")]
    [EndpointName("countAllChats")]
    [Audited("count_chats", Target = "profile_id")]
    [ProducesResponseType<ApiResponse<ChatCountsResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Counts(
        [FromQuery(Name = "tenant_id")] Guid? tenantId, [FromQuery] ChatFilterParameters filter, CancellationToken cancellationToken)
    {
        var scope = new ChatScope.Backoffice(tenantId is { } tenant ? new TenantId(tenant) : null);
        var counts = await mediator.Send(new CountChatsQuery(scope, filter.ToFilter()), cancellationToken);
        return Ok(new ApiResponse<ChatCountsResponse>(mapper.Map<ChatCountsResponse>(counts)));
    }

    /// <summary>Statistics of all tenants' chats over time.</summary>
    /// <remarks>
    /// Like the tenant's statistics, for all tenants or for one. <c>group_by=tenant</c> adds the numbers of the range by tenant,
    /// <c>questions=true</c> the most frequent questions.
    /// </remarks>
    [HttpGet("stats")]
    [EndpointName("getAllChatStats")]
    [Audited("read_stats", Target = "profile_id")]
    [ProducesResponseType<ApiResponse<AdminChatStatsResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Stats(
        [FromQuery(Name = "tenant_id")] Guid? tenantId,
        [FromQuery(Name = "group_by")] StatsGrouping? groupBy,
        [FromQuery] ChatStatsParameters parameters,
        [FromServices] TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var scope = new ChatScope.Backoffice(tenantId is { } tenant ? new TenantId(tenant) : null);
        var query = parameters.ToQuery(scope, clock, byTenant: groupBy is not null);
        return Ok(new ApiResponse<AdminChatStatsResponse>(
            ChatStatsMapping.ToAdminResponse(await mediator.Send(query, cancellationToken), query.Range, query.ByTenant)));
    }

    /// <summary>Read any chat, with its result.</summary>
    /// <remarks>
    /// Like the tenant's detail, for the chats of all tenants. With <c>If-None-Match</c>, a chat that has not changed is 304; <c>Prefer:
    /// wait=20</c> waits for a change.
    /// </remarks>
    [HttpGet("{chat_id}")]
    [EndpointName("getAnyChat")]
    [Waits]
    [ProducesError(ErrorCode.ChatNotFound)]
    [Audited("read_chat", Target = "chat_id")]
    [ProducesResponseType<ApiResponse<ChatDetailResponse>>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    public async Task<IActionResult> Detail([FromRoute(Name = "chat_id")] Guid chatId)
    {
        return await HttpContext.AnswerOnChangeAsync(ReadAsync);

        async Task<ChatDetailResult> ReadAsync(CancellationToken token)
        {
            var detail = await mediator.Send(
                new RenderChatDetail(new GetChatDetailQuery(new ChatScope.Backoffice(), new ChatId(chatId))), token);
            HttpContext.AuditTenant(detail.Tenant);
            return detail;
        }
    }
}
