using MediatR;
using SdkChat.Application.Chats.Paging;

namespace SdkChat.Application.Chats.ListAllChats;

internal sealed class ListAllChatsHandler(ICrossTenantChatHistory history) : IRequestHandler<ListAllChatsQuery, Page<ChatListItem>>
{
    public async Task<Page<ChatListItem>> Handle(ListAllChatsQuery request, CancellationToken cancellationToken)
    {
        var slice = await history.ListAsync(
            request.Tenant, request.Profile, Paginator.Position(request.Page), Paginator.Size(request.Page), cancellationToken);
        return Paginator.ToPage(request.Page, slice, item => item.Key);
    }
}
