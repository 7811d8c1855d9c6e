using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Live;
using SdkChat.Domain.Profiles;
using SdkChat.Infrastructure.Live.Sse;

namespace SdkChat.Api.Live;

/// <summary>Live events of the tenant's chats for tenant admins (contract, section 6).</summary>
[ApiController]
[Route("api/v1/sdk-chat/events")]
[Authorize(Policy = Policies.TenantAdmin)]
[Tags("Tenant")]
public sealed class EventStreamController(IMediator mediator) : ControllerBase
{
    /// <summary>Watch the tenant's chats live.</summary>
    /// <remarks>
    /// Server-sent events: <c>ready</c> at once, <c>ping</c> every 25 s, <c>chat_completed</c> and <c>backlist_triggered</c> as they
    /// happen, and other kinds if <c>events</c> requests them. Every event that commits after <c>ready</c> is sent; read the history again
    /// on each <c>ready</c>. <c>Last-Event-ID</c> is ignored. The stream ends from time to time, at the latest when the token expires:
    /// <c>EventSource</c> reconnects by itself.
    /// </remarks>
    [HttpGet("stream")]
    [ScreenReadable]
    [EndpointName("streamEvents")]
    [ProducesError(ErrorCode.TooManyStreams)]
    [AnswersWithoutTenant]
    [GetOnly]
    [DisableRequestTimeout]
    [Produces(SseOutput.ContentType)]
    [ProducesResponseType<string>(StatusCodes.Status200OK, SseOutput.ContentType)]
    public async Task<IActionResult> Stream(
        [FromQuery(Name = "events")] string? events, [FromQuery(Name = "profile_id")] Guid? profileId, CancellationToken cancellationToken)
    {
        var command = new OpenStreamCommand(HttpContext.GetTenantId(), HttpContext.GetSubject(), HttpContext.GetAcceptedUntil())
        {
            SignedBy = HttpContext.GetSigningKey(),
            IsTenantVerified = HttpContext.FindTenant() is not null,
            Events = events,
            Profile = profileId is { } id ? new ProfileId(id) : null,
        };
        var stream = await mediator.Send(command, cancellationToken);
        var lease = new StreamLease(stream);
        HttpContext.Response.RegisterForDispose(lease);
        return new EventStreamResult(lease);
    }
}
