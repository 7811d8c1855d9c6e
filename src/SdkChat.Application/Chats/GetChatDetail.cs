using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Chats;

namespace SdkChat.Application.Chats;

/// <summary>One chat with its result. The caller must dispose of it.</summary>
/// <param name="Scope">A tenant or the backoffice. A shopper polls a chat instead.</param>
/// <param name="Known">The version whose result the caller has, if any. The result of that version is not read.</param>
/// <exception cref="NotFoundException">There is no such chat in the scope.</exception>
public sealed record GetChatDetailQuery(ChatScope Scope, ChatId Chat, ChatVersion? Known = null) : IRequest<ChatDetail>;

internal sealed class GetChatDetailHandler(IChatHistory history, ICrossTenantChatHistory allTenants)
    : IRequestHandler<GetChatDetailQuery, ChatDetail>
{
    public async Task<ChatDetail> Handle(GetChatDetailQuery request, CancellationToken cancellationToken) =>
        await FindAsync(request, cancellationToken) ?? throw NotFoundException.Chat();

    private Task<ChatDetail?> FindAsync(GetChatDetailQuery request, CancellationToken cancellationToken) => request.Scope switch
    {
        ChatScope.OfTenant(var tenant) => request.Known is { } known
            ? history.FindChangedAsync(tenant, request.Chat, known, cancellationToken)
            : history.FindAsync(tenant, request.Chat, cancellationToken),
        ChatScope.Backoffice(null) => request.Known is { } known
            ? allTenants.FindChangedAsync(request.Chat, known, cancellationToken)
            : allTenants.FindAsync(request.Chat, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(request), request.Scope, "A detail is read by a tenant or by the backoffice."),
    };
}
