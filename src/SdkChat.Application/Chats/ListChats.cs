using FluentValidation;
using FluentValidation.Results;
using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Common.Paging;
using SdkChat.Application.Profiles;

namespace SdkChat.Application.Chats;

/// <summary>A page of chats, newest first, then by id, highest first.</summary>
/// <param name="Scope">The chats that the caller may read.</param>
/// <param name="Filter">The criteria of the list.</param>
/// <exception cref="NotFoundException">The scope is a profile that the tenant does not have, or that is deleted.</exception>
public sealed record ListChatsQuery(ChatScope Scope, ChatFilter Filter, PageRequest Page) : IRequest<Page<ChatListItem>>;

internal sealed class ListChatsValidator : AbstractValidator<ListChatsQuery>, IValidator<ListChatsQuery>
{
    public ListChatsValidator() => RuleFor(query => query.Filter).SetValidator(new ChatFilterValidator()).OverridePropertyName("");

    /// <summary>Most lists have no filter. Validation contexts would be a thirtieth of what such a page allocates.</summary>
    ValidationResult IValidator<ListChatsQuery>.Validate(ListChatsQuery query) =>
        query.Filter == ChatFilter.None ? new ValidationResult() : Validate(query);
}

internal sealed class ListChatsHandler(IChatHistory history, ICrossTenantChatHistory allTenants, IProfileRepository profiles)
    : IRequestHandler<ListChatsQuery, Page<ChatListItem>>
{
    public async Task<Page<ChatListItem>> Handle(ListChatsQuery request, CancellationToken cancellationToken) =>
        ToPage(request.Page, await ReadAsync(request, cancellationToken));

    private static Page<ChatListItem> ToPage(PageRequest page, PageSlice<ChatListItem> slice)
    {
        if (slice.IsTotalLowerBound && page.Position is PagePosition.Offset { Rows: >= SearchQuery.MaxSkipped })
            throw new ValidationException(
                [new ValidationFailure("page", "is beyond the first 10,000 matches of q: follow the Link header instead.")]);
        return page.ToPage(slice, static item => item.Key);
    }

    private async Task<PageSlice<ChatListItem>> ReadAsync(ListChatsQuery request, CancellationToken cancellationToken)
    {
        var (filter, position, size) = (request.Filter, request.Page.Position, request.Page.CappedSize);
        switch (request.Scope)
        {
            case ChatScope.OfTenant(var tenant):
                return await history.ListAsync(tenant, filter, position, size, cancellationToken);
            case ChatScope.OfProfile(var tenant, var profile):
                _ = await profiles.FindVisitAsync(tenant, profile, cancellationToken) ?? throw NotFoundException.Profile();
                return await history.ListOfProfileAsync(tenant, profile, filter, position, size, cancellationToken);
            case ChatScope.Backoffice(var tenant):
                return await allTenants.ListAsync(tenant, filter, position, size, cancellationToken);
            default:
                throw new ArgumentOutOfRangeException(nameof(request), request.Scope, "Unknown scope.");
        }
    }
}
