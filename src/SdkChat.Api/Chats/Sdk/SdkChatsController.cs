using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using SdkChat.Api.Authentication;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Binding;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Common.Paging;
using SdkChat.Application.Pipelines;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;

namespace SdkChat.Api.Chats.Sdk;

/// <summary>Chats of a shopper for the app (contract, section 5).</summary>
[ApiController]
[Route("v1/chat/{profile_id}/recommend")]
[Authorize(Policy = Policies.SdkKey)]
[Tags("SDK")]
public sealed class SdkChatsController(IMediator mediator, IMapper mapper) : ControllerBase
{
    /// <summary>Start a chat.</summary>
    /// <remarks>
    /// Returns at once: poll the chat for its result. A repeated call with the same <c>Idempotency-Key</c> does not start a second chat.
    /// </remarks>
    [HttpPost]
    [EndpointName("startChat")]
    [ProducesError(ErrorCode.ProfileNotFound, ErrorCode.IdempotencyMismatch)]
    [ProducesResponseType<ApiResponse<StartedChatResponse>>(StatusCodes.Status202Accepted, "application/json")]
    public async Task<IActionResult> Start(
        [FromRoute(Name = "profile_id")] Guid profileId,
        [FromBody] StartChatRequest request,
        [FromIdempotencyKey] string? idempotencyKey,
        CancellationToken cancellationToken)
    {
        var chat = await mediator.Send(
            new StartChatCommand(HttpContext.GetTenant().Id, new ProfileId(profileId), request.Prompt, idempotencyKey), cancellationToken);
        return Accepted(new ApiResponse<StartedChatResponse>(StartedChatResponse.From(chat)));
    }

    /// <summary>Poll a chat, and later read it again.</summary>
    /// <remarks>
    /// The first poll that finds the pipeline's run finished completes the chat. One poll per second is sufficient. With <c>Prefer:
    /// wait=20</c> the response has an <c>ETag</c>; sent back as <c>If-None-Match</c>, it makes the next poll wait for a change, at most
    /// that many seconds (at most 30). Sent back without <c>Prefer</c>, it makes the next poll 304 while nothing has changed.
    /// </remarks>
    [HttpGet("{chat_id}")]
    [EndpointName("pollChat")]
    [Waits(isTaggedOnlyThen: true)]
    [ProducesError(ErrorCode.ProfileNotFound, ErrorCode.ChatNotFound)]
    [ProducesResponseType<ApiResponse<PolledChatResponse>>(StatusCodes.Status200OK, "application/json")]
    [ProducesResponseType(StatusCodes.Status304NotModified)]
    public async Task<IActionResult> Poll(
        [FromRoute(Name = "profile_id")] Guid profileId, [FromRoute(Name = "chat_id")] Guid chatId, CancellationToken cancellationToken)
    {
        var known = HttpContext.FindKnownChatVersion();
        var poll = new PollChatCommand(HttpContext.GetTenant().Id, new ProfileId(profileId), new ChatId(chatId), known);
        // The response to a poll must not change (contract, section 5): it has an ETag only for callers that ask to wait, or have one.
        if (known is null && PreferHeader.GetWait(Request) is null)
            return HttpContext.RenderUntaggedChat<PolledChatResponse>((await mediator.Send(poll, cancellationToken)).Chat!);

        RunTicket? run = null;
        return await HttpContext.AnswerOnChangeAsync(ReadAsync, HasRunEndedAsync);

        async Task<ChatDetailResult> ReadAsync(CancellationToken token)
        {
            (var chat, run) = await mediator.Send(poll, token);
            return chat is null ? HttpContext.CreateKnownChat(poll.Chat, known!.Value) : HttpContext.RenderChat<PolledChatResponse>(chat);
        }

        async Task<bool> HasRunEndedAsync(TimeSpan rest, CancellationToken token) =>
            run is { } pending && await mediator.Send(new HasRunEndedQuery(pending, rest), token);
    }

    /// <summary>List the profile's chats, newest first.</summary>
    /// <remarks>Like the tenant's list, for one profile. Results are not part of it.</remarks>
    [HttpGet]
    [EndpointName("listProfileChats")]
    [ProducesError(ErrorCode.ProfileNotFound)]
    [ProducesResponseType<ApiResponse<PageResponse<ChatListItemResponse>>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> List(
        [FromRoute(Name = "profile_id")] Guid profileId, [FromQuery] PageRequest paging, CancellationToken cancellationToken) =>
        await mediator.Send(
            new RenderChatPage(new ListChatsQuery(
                new ChatScope.OfProfile(HttpContext.GetTenant().Id, new ProfileId(profileId)), ChatFilter.None, paging)),
            cancellationToken);

    /// <summary>End a chat. Repeating the call changes nothing.</summary>
    /// <remarks>A chat in progress becomes <c>ended</c>; a completed or failed one keeps its status. Both get <c>ended_at</c>.</remarks>
    [HttpDelete("{chat_id}")]
    [EndpointName("endChat")]
    [ProducesError(ErrorCode.ProfileNotFound, ErrorCode.ChatNotFound)]
    [ProducesResponseType<ApiResponse<PolledChatResponse>>(StatusCodes.Status200OK, "application/json")]
    public async Task<IActionResult> End(
        [FromRoute(Name = "profile_id")] Guid profileId, [FromRoute(Name = "chat_id")] Guid chatId, CancellationToken cancellationToken)
    {
        var chat = await mediator.Send(
            new EndChatCommand(HttpContext.GetTenant().Id, new ProfileId(profileId), new ChatId(chatId)), cancellationToken);
        return Ok(new ApiResponse<PolledChatResponse>(mapper.Map<PolledChatResponse>(chat)));
    }
}
