using MediatR;
using SdkChat.Api.Http.Coalescing;
using SdkChat.Application.Chats;

namespace SdkChat.Api.Chats;

/// <summary>
/// The response to a list. Equal queries that come at the same time are executed and rendered once, for example when every dashboard of a
/// tenant reads its first page again after an event (docs/decisions/0026). The query contains the tenant, and each caller has been
/// authorized for it.
/// </summary>
public sealed record RenderChatPage(ListChatsQuery Query) : IRequest<ChatPageResult>;

/// <summary>The response to a detail, coalesced in the same way.</summary>
public sealed record RenderChatDetail(GetChatDetailQuery Query) : IRequest<ChatDetailResult>;

internal sealed class RenderChatPageHandler(RequestCoalescer<ListChatsQuery, ChatPageResult> coalescer)
    : IRequestHandler<RenderChatPage, ChatPageResult>
{
    public Task<ChatPageResult> Handle(RenderChatPage request, CancellationToken cancellationToken) =>
        coalescer.ExecuteAsync(request.Query, cancellationToken);
}

internal sealed class RenderChatDetailHandler(RequestCoalescer<GetChatDetailQuery, ChatDetailResult> coalescer)
    : IRequestHandler<RenderChatDetail, ChatDetailResult>
{
    public Task<ChatDetailResult> Handle(RenderChatDetail request, CancellationToken cancellationToken) =>
        coalescer.ExecuteAsync(request.Query, cancellationToken);
}
