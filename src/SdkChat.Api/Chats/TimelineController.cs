using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Chats;

namespace SdkChat.Api.Chats;

/// <summary>What happened to the tenant's chats (contract, section 8.2).</summary>
[ApiController]
[Route("api/v1/sdk-chat/{chat_id}/timeline")]
[Authorize(Policy = Policies.TenantAdmin)]
[Tags("Tenant")]
public sealed class TimelineController(IMediator mediator) : ControllerBase
{
    /// <summary>Read what happened to one of the tenant's chats, oldest first.</summary>
    /// <remarks>
    /// <c>stamped</c> are the stamps of the session that the chat was started in. <c>backlist_triggered</c> carries its items as they were sent, also where no
    /// stream was open. Of many triggers the newest 500 are shown, with at most 4 MiB of items; <c>omitted_triggers</c> then counts the older ones.
    /// </remarks>
    [HttpGet]
    [EndpointName("getTimeline")]
    [Refuses(ErrorCode.ChatNotFound)]
    [ProducesResponseType<ApiResponse<TimelineResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Get([FromRoute(Name = "chat_id")] Guid chatId, CancellationToken cancellationToken)
    {
        var timeline = await mediator.Send(new GetChatTimelineQuery(new ChatScope.OfTenant(HttpContext.GetTenant().Id), new ChatId(chatId)), cancellationToken);
        return Ok(new ApiResponse<TimelineResponse>(TimelineResponse.From(timeline)));
    }
}
