using AutoMapper;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using SdkChat.Api.Http.Sharing;
using SdkChat.Application.Chats;
using SdkChat.Application.Chats.GetAnyChatDetail;
using SdkChat.Application.Chats.GetChatDetail;
using SdkChat.Application.Chats.ListAllChats;
using SdkChat.Application.Chats.ListChats;
using SdkChat.Application.Chats.ListProfileChats;
using SdkChat.Application.Chats.Paging;

namespace SdkChat.Api.Chats;

/// <summary>
/// What many ask for at the same time, as every dashboard of a tenant does when an event comes: the query is sent once, and its
/// answer rendered once, for all who ask the same at once (docs/decisions/0026). A query is all that its answer depends on,
/// the tenant before all, and each caller has been authorized for it.
/// </summary>
public sealed class ChatAnswers
{
    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _clock;
    private readonly SharedReadings<ListChatsQuery, PageAnswer> _lists;
    private readonly SharedReadings<ListProfileChatsQuery, PageAnswer> _profileLists;
    private readonly SharedReadings<ListAllChatsQuery, PageAnswer> _allLists;
    private readonly SharedReadings<GetChatDetailQuery, DetailAnswer> _details;
    private readonly SharedReadings<GetAnyChatDetailQuery, DetailAnswer> _anyDetails;

    public ChatAnswers(IServiceScopeFactory scopes, IMapper mapper, IOptions<JsonOptions> json, TimeProvider clock)
    {
        (_scopes, _clock) = (scopes, clock);
        var options = json.Value.JsonSerializerOptions;
        _lists = Share<ListChatsQuery, Page<ChatListItem>, PageAnswer>((page, isShared) => PageAnswer.Of<ChatListItemResponse>(page, mapper, options, isShared));
        _profileLists = Share<ListProfileChatsQuery, Page<ChatListItem>, PageAnswer>((page, isShared) => PageAnswer.Of<ChatListItemResponse>(page, mapper, options, isShared));
        _allLists = Share<ListAllChatsQuery, Page<ChatListItem>, PageAnswer>((page, isShared) => PageAnswer.Of<AdminChatListItemResponse>(page, mapper, options, isShared));
        _details = Share<GetChatDetailQuery, ChatDetail, DetailAnswer>((detail, isShared) => DetailAnswer.Of(detail, mapper, options, isShared));
        _anyDetails = Share<GetAnyChatDetailQuery, ChatDetail, DetailAnswer>((detail, isShared) => DetailAnswer.Of(detail, mapper, options, isShared));
    }

    public Task<PageAnswer> SendAsync(ListChatsQuery query, CancellationToken cancellationToken) => _lists.ReadAsync(query, cancellationToken);

    public Task<PageAnswer> SendAsync(ListProfileChatsQuery query, CancellationToken cancellationToken) => _profileLists.ReadAsync(query, cancellationToken);

    public Task<PageAnswer> SendAsync(ListAllChatsQuery query, CancellationToken cancellationToken) => _allLists.ReadAsync(query, cancellationToken);

    public Task<DetailAnswer> SendAsync(GetChatDetailQuery query, CancellationToken cancellationToken) => _details.ReadAsync(query, cancellationToken);

    public Task<DetailAnswer> SendAsync(GetAnyChatDetailQuery query, CancellationToken cancellationToken) => _anyDetails.ReadAsync(query, cancellationToken);

    private SharedReadings<TQuery, TAnswer> Share<TQuery, TData, TAnswer>(Func<TData, bool, TAnswer> render)
        where TQuery : IRequest<TData> => new(
            async (query, isShared, cancellationToken) =>
            {
                // None of the callers': any of them may leave. What it reads is rendered before it ends, since its memory goes with it.
                await using var scope = _scopes.CreateAsyncScope();
                return render(await scope.ServiceProvider.GetRequiredService<IMediator>().Send(query, cancellationToken), isShared);
            },
            _clock);
}
