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

/// <summary>Timelines of the tenant's chats (contract, section 8.2).</summary>
[ApiController]
[Route("api/v1/sdk-chat/{chat_id}/timeline")]
[Authorize(Policy = Policies.TenantAdmin)]
[Tags("Tenant")]
public sealed class TimelineController(IMediator mediator) : ControllerBase
{
    /// <summary>Read the timeline of one of the tenant's chats, oldest first.</summary>
    /// <remarks>
    /// <c>stamped</c> entries are the stamps of the session in which the chat was started. <c>backlist_triggered</c> has its items as they
    /// were sent, even if no stream was open. At most the newest 500 triggers are shown, with at most 4 MiB of items;
    /// <c>omitted_triggers</c> then counts the older ones.
    /// </remarks>
    [HttpGet]
    [EndpointName("getTimeline")]
    [ProducesError(ErrorCode.ChatNotFound)]
    [ProducesResponseType<ApiResponse<TimelineResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Get([FromRoute(Name = "chat_id")] Guid chatId, CancellationToken cancellationToken)
    {
        var timeline = await mediator.Send(
            new GetChatTimelineQuery(new ChatScope.OfTenant(HttpContext.GetTenant().Id), new ChatId(chatId)), cancellationToken);
        return Ok(new ApiResponse<TimelineResponse>(TimelineResponse.From(timeline)));
    }
}
