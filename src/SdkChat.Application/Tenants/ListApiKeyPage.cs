using FluentValidation;
using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Common.Paging;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>A page of one tenant's SDK keys, newest first; revoked and expired ones too.</summary>
public sealed record ListApiKeyPageQuery(TenantId Tenant, NumberedPageRequest Page) : IRequest<NumberedPage<ApiKeyListItem>>;

internal sealed class ListApiKeyPageHandler(ITenantRepository tenants, IApiKeyRepository keys)
    : IRequestHandler<ListApiKeyPageQuery, NumberedPage<ApiKeyListItem>>
{
    public async Task<NumberedPage<ApiKeyListItem>> Handle(ListApiKeyPageQuery request, CancellationToken cancellationToken)
    {
        var (items, total) = await keys.ListAsync(request.Tenant, request.Page.Offset, request.Page.CappedSize, cancellationToken);
        if (total == 0 && await tenants.FindAsync(request.Tenant, cancellationToken) is null)
            throw NotFoundException.Tenant();
        return request.Page.CreatePage(items, total);
    }
}

internal sealed class ListApiKeyPageValidator : AbstractValidator<ListApiKeyPageQuery>
{
    public ListApiKeyPageValidator(IValidator<NumberedPageRequest> page) =>
        RuleFor(query => query.Page).SetValidator(page).OverridePropertyName("");
}
