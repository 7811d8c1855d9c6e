using System.Text.Json;
using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using SdkChat.Api.Http;
using SdkChat.Api.Http.Json;
using SdkChat.Application.Chats;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Chats;

namespace SdkChat.Api.Chats;

/// <summary>
/// Sends a query and renders its response, independently of the request of any caller: the callers that share a response may leave at any
/// time.
/// </summary>
internal sealed class ChatRenderer(IMediator mediator, IMapper mapper, RecentDetails recent, IOptions<JsonOptions> options)
{
    private readonly JsonSerializerOptions _json = options.Value.JsonSerializerOptions;

    /// <param name="isShared">Whether several callers get the result.</param>
    public async Task<ChatPageResult> RenderAsync(ListChatsQuery query, bool isShared, CancellationToken cancellationToken)
    {
        var page = await mediator.Send(query, cancellationToken);
        return query.Scope switch
        {
            ChatScope.Backoffice =>
                ChatPageResult.Create(page, Responses<AdminChatListItemResponse>(page), _json, isTagged: true, isShared),
            // The response to a shopper's history must not change (contract, section 5), so it has no ETag.
            var caller => ChatPageResult.Create(page, Responses<ChatListItemResponse>(page), _json, caller is ChatScope.OfTenant, isShared),
        };
    }

    private MappedItems<ChatListItem, TResponse> Responses<TResponse>(Page<ChatListItem> page)
        where TResponse : class => new(page.Items, mapper);

    /// <summary>
    /// If a response of <see cref="RecentDetails"/> still shows the chat, it is the result, and the chat's result is not read.
    /// </summary>
    /// <inheritdoc cref="RenderAsync(ListChatsQuery, bool, CancellationToken)"/>
    public async Task<ChatDetailResult> RenderAsync(GetChatDetailQuery query, bool isShared, CancellationToken cancellationToken)
    {
        if (recent.Find(query) is { Shown: { } shown } known)
        {
            using var detail = await mediator.Send(query with { Known = shown.Chat.Version }, cancellationToken);
            if (!detail.IsResultKnown)
                return Render(query, detail, isShared);
            // The version is that of the chat's row: the shopper's profile may have changed.
            if (shown == ShownChat.From(detail))
                return known;
        }

        using var whole = await mediator.Send(query, cancellationToken);
        return Render(query, whole, isShared);
    }

    /// <summary>Renders a chat as another response type, with its version as the tag.</summary>
    public ChatDetailResult Render<TResponse>(ChatState chat) =>
        ChatDetailResult.Create(chat, mapper.Map<TResponse>(chat), _json, isShared: false, ChatVersionTag.Create(chat.Version));

    /// <summary>Renders a chat as another response type, without a tag.</summary>
    public IActionResult RenderUntagged<TResponse>(ChatState chat) => new JsonBodyResult(
        JsonBody.Render(
            new ApiResponse<TResponse>(mapper.Map<TResponse>(chat)), _json, ChatDetailResult.EstimateBytes(chat), isShared: false));

    private ChatDetailResult Render(GetChatDetailQuery query, ChatDetail detail, bool isShared)
    {
        var result = ChatDetailResult.Create(
            detail.Chat, mapper.Map<ChatDetailResponse>(detail), _json, isShared, shown: ShownChat.From(detail));
        if (isShared)
            recent.Keep(query, result);
        return result;
    }
}
