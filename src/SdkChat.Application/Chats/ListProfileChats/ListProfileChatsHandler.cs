using MediatR;
using SdkChat.Application.Chats.Paging;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Profiles;

namespace SdkChat.Application.Chats.ListProfileChats;

internal sealed class ListProfileChatsHandler(IProfileRepository profiles, IChatHistory history)
    : IRequestHandler<ListProfileChatsQuery, Page<ChatListItem>>
{
    public async Task<Page<ChatListItem>> Handle(ListProfileChatsQuery request, CancellationToken cancellationToken)
    {
        _ = await profiles.FindVisitAsync(request.Tenant, request.Profile, cancellationToken) ?? throw NotFoundException.Profile();
        var slice = await history.ListAsync(
            request.Tenant, request.Profile, Paginator.Position(request.Page), Paginator.Size(request.Page), cancellationToken);
        return Paginator.ToPage(request.Page, slice, item => item.Key);
    }
}
