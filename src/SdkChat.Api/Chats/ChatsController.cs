using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Authentication;
using SdkChat.Api.Chats.Statistics;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Chats;

namespace SdkChat.Api.Chats;

/// <summary>Chats of the tenant for its admins (contract, section 3).</summary>
[ApiController]
[Route("api/v1/sdk-chat")]
[Authorize(Policy = Policies.TenantAdmin)]
[Tags("Tenant")]
public sealed class ChatsController(IMediator mediator, IMapper mapper) : ControllerBase
{
    /// <summary>List the tenant's chats, newest first.</summary>
    /// <remarks>
    /// Results are not part of a list: read the detail for them. A chat must meet all filters. Follow the <c>Link</c> header to read all
    /// pages without seeing a row twice while new ones arrive. With <c>If-None-Match</c>, a page that has not changed is 304.
    /// </remarks>
    [HttpGet]
    [ScreenReadable]
    [EndpointName("listChats")]
    [ProducesResponseType<ApiResponse<PageResponse<ChatListItemResponse>>>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    public async Task<IActionResult> List(
        [FromQuery] ChatFilterParameters filter, [FromQuery] PageRequest paging, CancellationToken cancellationToken) =>
        await mediator.Send(new RenderChatPage(new ListChatsQuery(Scope, filter.ToFilter(), paging)), cancellationToken);

    /// <summary>Count the tenant's chats by status.</summary>
    /// <remarks>
    /// All numbers are of one moment, and exact unless `total_is_lower_bound` is true. The filters are those of the list.
    /// </remarks>
    [HttpGet("counts")]
    [EndpointName("countChats")]
    [ProducesResponseType<ApiResponse<ChatCountsResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Counts([FromQuery] ChatFilterParameters filter, CancellationToken cancellationToken)
    {
        var counts = await mediator.Send(new CountChatsQuery(Scope, filter.ToFilter()), cancellationToken);
        return Ok(new ApiResponse<ChatCountsResponse>(mapper.Map<ChatCountsResponse>(counts)));
    }

    /// <summary>Statistics of the tenant's chats over time.</summary>
    /// <remarks>
    /// At most 400 buckets. Without <c>to</c> the range ends now; without <c>from</c> it is 48 hours, 30 days or 26 weeks long. All numbers
    /// are of one moment, and each is the <c>total</c> of the list with the same filters. <c>questions=true</c> adds the most frequent
    /// questions.
    /// </remarks>
    [HttpGet("stats")]
    [ScreenReadable]
    [EndpointName("getChatStats")]
    [ProducesResponseType<ApiResponse<ChatStatsResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Stats(
        [FromQuery] ChatStatsParameters parameters, [FromServices] TimeProvider clock, CancellationToken cancellationToken)
    {
        var query = parameters.ToQuery(Scope, clock);
        return Ok(new ApiResponse<ChatStatsResponse>(
            ChatStatsMapping.ToResponse(await mediator.Send(query, cancellationToken), query.Range)));
    }

    /// <summary>Read one of the tenant's chats, with its result.</summary>
    /// <remarks>
    /// The pipeline's items are returned unchanged to the byte. With <c>If-None-Match</c>, a chat that has not changed is 304; with
    /// <c>Prefer: wait=20</c> in addition, the response is sent when the chat changes, at the latest after that many seconds (at most 30).
    /// </remarks>
    [HttpGet("{chat_id}")]
    [EndpointName("getChat")]
    [Waits]
    [ProducesError(ErrorCode.ChatNotFound)]
    [ProducesResponseType<ApiResponse<ChatDetailResponse>>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    public async Task<IActionResult> Detail([FromRoute(Name = "chat_id")] Guid chatId) =>
        await HttpContext.AnswerOnChangeAsync(
            token => mediator.Send(new RenderChatDetail(new GetChatDetailQuery(Scope, new ChatId(chatId))), token));

    private ChatScope Scope => new ChatScope.OfTenant(HttpContext.GetTenant().Id);
}
