using MediatR;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Application.Chats.GetChatDetail;

internal sealed class GetChatDetailHandler(IChatHistory history) : IRequestHandler<GetChatDetailQuery, ChatDetail>
{
    public async Task<ChatDetail> Handle(GetChatDetailQuery request, CancellationToken cancellationToken) =>
        await history.FindAsync(request.Tenant, request.Chat, cancellationToken) ?? throw NotFoundException.Chat();
}
