using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Chats;

namespace SdkChat.Application.Chats;

/// <summary>The timeline of one chat.</summary>
/// <param name="Scope">A tenant or the backoffice.</param>
/// <exception cref="NotFoundException">There is no such chat in the scope.</exception>
public sealed record GetChatTimelineQuery(ChatScope Scope, ChatId Chat) : IRequest<ChatTimeline>;

internal sealed class GetChatTimelineHandler(IChatHistory history, ICrossTenantChatHistory allTenants)
    : IRequestHandler<GetChatTimelineQuery, ChatTimeline>
{
    public async Task<ChatTimeline> Handle(GetChatTimelineQuery request, CancellationToken cancellationToken) =>
        await FindAsync(request, cancellationToken) ?? throw NotFoundException.Chat();

    private Task<ChatTimeline?> FindAsync(GetChatTimelineQuery request, CancellationToken cancellationToken) => request.Scope switch
    {
        ChatScope.OfTenant(var tenant) => history.FindTimelineAsync(tenant, request.Chat, cancellationToken),
        ChatScope.Backoffice(null) => allTenants.FindTimelineAsync(request.Chat, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(request), request.Scope, "A timeline is read by a tenant or by the backoffice."),
    };
}
