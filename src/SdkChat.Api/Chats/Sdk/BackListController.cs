using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Binding;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;

namespace SdkChat.Api.Chats.Sdk;

/// <summary>Back-list triggers (contract, section 5).</summary>
[ApiController]
[Route("v1/chat/{profile_id}/backlist-trigger")]
[Authorize(Policy = Policies.SdkKey)]
[Tags("SDK")]
public sealed class BackListController(IMediator mediator) : ControllerBase
{
    /// <summary>Report that the shopper reached the back list.</summary>
    /// <remarks>
    /// Every accepted call sends an event to the tenant's streams; a repeated call with the same <c>Idempotency-Key</c> does not. The body
    /// is optional.
    /// </remarks>
    [HttpPost]
    [EndpointName("triggerBackList")]
    [ProducesError(
        ErrorCode.ProfileNotFound, ErrorCode.ChatNotFound, ErrorCode.ChatNotCompleted, ErrorCode.ChatEnded, ErrorCode.IdempotencyMismatch)]
    [ProducesResponseType<ApiResponse<TriggeredBackListResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> Trigger(
        [FromRoute(Name = "profile_id")] Guid profileId,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] TriggerBackListRequest? request,
        [FromIdempotencyKey] string? idempotencyKey,
        CancellationToken cancellationToken)
    {
        var chat = request?.ChatId is { } id ? new ChatId(id) : (ChatId?)null;
        var triggered = await mediator.Send(
            new TriggerBackListCommand(
                HttpContext.GetTenant().Id, new ProfileId(profileId), chat, request?.NotificationItems, idempotencyKey),
            cancellationToken);
        return Ok(new ApiResponse<TriggeredBackListResponse>(TriggeredBackListResponse.From(triggered)));
    }
}
