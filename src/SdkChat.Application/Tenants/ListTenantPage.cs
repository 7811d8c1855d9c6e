using FluentValidation;
using MediatR;
using SdkChat.Application.Common.Paging;

namespace SdkChat.Application.Tenants;

/// <summary>A page of the tenants, by code, for the backoffice.</summary>
public sealed record ListTenantPageQuery(TenantFilter Filter, NumberedPageRequest Page) : IRequest<NumberedPage<Tenant>>;

internal sealed class ListTenantPageValidator : AbstractValidator<ListTenantPageQuery>
{
    public ListTenantPageValidator(IValidator<NumberedPageRequest> page, IValidator<TenantFilter> filter)
    {
        RuleFor(query => query.Page).SetValidator(page).OverridePropertyName("");
        RuleFor(query => query.Filter).SetValidator(filter).OverridePropertyName("");
    }
}

internal sealed class ListTenantPageHandler(ITenantRepository tenants) : IRequestHandler<ListTenantPageQuery, NumberedPage<Tenant>>
{
    public async Task<NumberedPage<Tenant>> Handle(ListTenantPageQuery request, CancellationToken cancellationToken)
    {
        var (items, total) = await tenants.ListAsync(request.Filter, request.Page.Offset, request.Page.CappedSize, cancellationToken);
        return request.Page.CreatePage(items, total);
    }
}
