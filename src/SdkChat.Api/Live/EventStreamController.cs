using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Application.Live.OpenStream;

namespace SdkChat.Api.Live;

/// <summary>A tenant admin's live view (contract, section 6).</summary>
[ApiController]
[Route("api/v1/sdk-chat/events")]
[Authorize(Policy = Policies.TenantAdmin)]
[Tags("Tenant")]
public sealed class EventStreamController(IMediator mediator) : ControllerBase
{
    /// <summary>Watch the tenant's chats live, over Server-Sent Events.</summary>
    /// <remarks>
    /// `ready` comes first, then a `ping` every 25 seconds, `chat_completed` and `backlist_triggered` as they happen. Nothing
    /// is kept for who is not connected: read the list again on every `ready`.
    /// </remarks>
    [HttpGet("stream")]
    [GetOnly]
    [Produces("text/event-stream")]
    [ProducesResponseType<string>(StatusCodes.Status200OK, "text/event-stream")]
    public async Task Stream()
    {
        using var stream = await mediator.Send(
            new OpenStreamQuery(HttpContext.GetTenant().Id, HttpContext.GetAcceptedUntil()), HttpContext.RequestAborted);
        await SseResponse.SendAsync(HttpContext, stream);
    }
}
