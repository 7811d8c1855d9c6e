using MediatR;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Application.Chats.GetAnyChatDetail;

internal sealed class GetAnyChatDetailHandler(ICrossTenantChatHistory history) : IRequestHandler<GetAnyChatDetailQuery, ChatDetail>
{
    public async Task<ChatDetail> Handle(GetAnyChatDetailQuery request, CancellationToken cancellationToken) =>
        await history.FindAsync(request.Chat, cancellationToken) ?? throw NotFoundException.Chat();
}
