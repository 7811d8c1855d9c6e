using System.Runtime.CompilerServices;
using FluentValidation;
using MediatR;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Common;

namespace SdkChat.Application.Chats;

/// <summary>
/// Reads all chats that meet a filter and exist when the export begins, newest first, page by page. The first page is read at once, the
/// others while the pages are enumerated, each in a snapshot of its own. Between two pages no transaction is open.
/// </summary>
/// <param name="Scope">A tenant or the backoffice.</param>
/// <param name="After">Only chats after this key in the list: an interrupted export continues after its last row.</param>
public sealed record ExportChatsQuery(ChatScope Scope, ChatFilter Filter, ChatKey? After)
    : IRequest<IAsyncEnumerable<IReadOnlyList<ChatListItem>>>;

internal sealed class ExportChatsValidator : AbstractValidator<ExportChatsQuery>
{
    public ExportChatsValidator() => RuleFor(query => query.Filter).SetValidator(new ChatFilterValidator()).OverridePropertyName("");
}

internal sealed class ExportChatsHandler(IChatHistory history, ICrossTenantChatHistory allTenants, TimeProvider clock)
    : IRequestHandler<ExportChatsQuery, IAsyncEnumerable<IReadOnlyList<ChatListItem>>>
{
    private const int PageSize = PageRequest.MaxSize;

    public async Task<IAsyncEnumerable<IReadOnlyList<ChatListItem>>> Handle(ExportChatsQuery request, CancellationToken cancellationToken)
    {
        var query = request with { Filter = UntilNow(request.Filter) };
        PagePosition start = request.After is { } key ? new PagePosition.Following(key) : new PagePosition.Offset(0);
        var first = await ReadAsync(query, start, cancellationToken);
        return PagesAsync(query, first, cancellationToken);
    }

    private async IAsyncEnumerable<IReadOnlyList<ChatListItem>> PagesAsync(
        ExportChatsQuery query, IReadOnlyList<ChatListItem> first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var page = first; page.Count > 0;)
        {
            yield return page;
            page = page.Count < PageSize ? [] : await ReadAsync(query, new PagePosition.Following(page[^1].Key), cancellationToken);
        }
    }

    /// <summary>Up to and including the current millisecond, since instants are stored in milliseconds.</summary>
    private ChatFilter UntilNow(ChatFilter filter)
    {
        var end = clock.Now().AddMilliseconds(1);
        if (filter.To < end)
            return filter;
        // A range must not end before it begins, so one that begins later becomes empty.
        return filter with { To = filter.From > end ? filter.From : end };
    }

    private async Task<IReadOnlyList<ChatListItem>> ReadAsync(
        ExportChatsQuery query, PagePosition position, CancellationToken cancellationToken)
    {
        var slice = query.Scope switch
        {
            ChatScope.OfTenant(var tenant) => await history.ListAsync(tenant, query.Filter, position, PageSize, cancellationToken),
            ChatScope.Backoffice(var tenant) => await allTenants.ListAsync(tenant, query.Filter, position, PageSize, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(query), query.Scope, "An export is read by a tenant or by the backoffice."),
        };
        return slice.Items;
    }
}
