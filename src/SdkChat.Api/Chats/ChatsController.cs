using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Chats;

namespace SdkChat.Api.Chats;

/// <summary>A tenant admin's view of the tenant's chats (contract, section 3).</summary>
[ApiController]
[Route("api/v1/sdk-chat")]
[Authorize(Policy = Policies.TenantAdmin)]
[Tags("Tenant")]
public sealed class ChatsController(IMediator mediator) : ControllerBase
{
    /// <summary>List the tenant's chats, newest first.</summary>
    /// <remarks>
    /// Results are not part of a list: read the detail for them. Follow the <c>Link</c> header to walk the list without
    /// seeing a row twice while new ones arrive. With <c>If-None-Match</c>, a page that has not changed is 304.
    /// </remarks>
    [HttpGet]
    [EndpointName("listChats")]
    [ProducesResponseType<ApiResponse<PageResponse<ChatListItemResponse>>>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    public async Task<IActionResult> List(
        [FromQuery] ChatFilterParameters filter, [FromQuery] PageRequest paging, CancellationToken cancellationToken) =>
        await mediator.Send(new RenderChatPage(new ListChatsQuery(Scope, filter.ToFilter(), paging)), cancellationToken);

    /// <summary>Read one of the tenant's chats, with its result.</summary>
    /// <remarks>
    /// The pipeline's items come as they are, each value to the byte. With <c>If-None-Match</c>, a chat that has not changed is 304.
    /// </remarks>
    [HttpGet("{chat_id}")]
    [EndpointName("getChat")]
    [Refuses(ErrorCode.ChatNotFound)]
    [ProducesResponseType<ApiResponse<ChatDetailResponse>>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    public async Task<IActionResult> Detail([FromRoute(Name = "chat_id")] Guid chatId, CancellationToken cancellationToken) =>
        await mediator.Send(new RenderChatDetail(new GetChatDetailQuery(Scope, new ChatId(chatId))), cancellationToken);

    private ChatScope Scope => new ChatScope.OfTenant(HttpContext.GetTenant().Id);
}
