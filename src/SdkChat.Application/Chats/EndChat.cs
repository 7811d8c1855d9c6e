using MediatR;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Chats;

/// <summary>Ends a chat. Ending it a second time changes nothing and has the same result.</summary>
public sealed record EndChatCommand(TenantId Tenant, ProfileId Profile, ChatId Chat) : IRequest<ChatState>;

internal sealed class EndChatHandler(IChatRepository chats, TimeProvider clock) : IRequestHandler<EndChatCommand, ChatState>
{
    public Task<ChatState> Handle(EndChatCommand request, CancellationToken cancellationToken) =>
        ChatChange.RepeatAsync(() => EndAsync(request, cancellationToken));

    private async Task<ChatState?> EndAsync(EndChatCommand request, CancellationToken cancellationToken)
    {
        var chat = (await chats.FindAsync(request.Tenant, request.Profile, request.Chat, cancellationToken)).Required();
        if (chat.IsEnded)
            return chat.State;

        chat.End(clock.Now());
        return await chats.SaveAsync(request.Tenant, chat, request: null, cancellationToken) == ChatWrite.Done ? chat.State : null;
    }
}
