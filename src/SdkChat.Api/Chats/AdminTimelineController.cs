using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Auditing;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Chats;

namespace SdkChat.Api.Chats;

/// <summary>Timelines of any tenant's chats (contract, section 8.2).</summary>
[ApiController]
[Route("api/v1/admin/sdk-chat/{chat_id}/timeline")]
[Authorize(Policy = Policies.SuperAdmin)]
[Tags("Backoffice")]
public sealed class AdminTimelineController(IMediator mediator) : ControllerBase
{
    /// <summary>Read the timeline of any chat, oldest first.</summary>
    /// <remarks>Like the tenant's timeline, for the chats of all tenants.</remarks>
    [HttpGet]
    [EndpointName("getAnyTimeline")]
    [ProducesError(ErrorCode.ChatNotFound)]
    [Audited("read_timeline", Target = "chat_id")]
    [ProducesResponseType<ApiResponse<TimelineResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Get([FromRoute(Name = "chat_id")] Guid chatId, CancellationToken cancellationToken)
    {
        var timeline = await mediator.Send(new GetChatTimelineQuery(new ChatScope.Backoffice(), new ChatId(chatId)), cancellationToken);
        HttpContext.AuditTenant(timeline.Tenant);
        return Ok(new ApiResponse<TimelineResponse>(TimelineResponse.From(timeline)));
    }
}
