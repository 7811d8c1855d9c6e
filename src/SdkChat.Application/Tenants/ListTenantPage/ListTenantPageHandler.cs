using MediatR;
using SdkChat.Application.Common.Paging;

namespace SdkChat.Application.Tenants.ListTenantPage;

internal sealed class ListTenantPageHandler(ITenantRegistry tenants) : IRequestHandler<ListTenantPageQuery, NumberedPage<Tenant>>
{
    public async Task<NumberedPage<Tenant>> Handle(ListTenantPageQuery request, CancellationToken cancellationToken)
    {
        var (items, total) = await tenants.ListAsync(request.Page.Offset, request.Page.CappedSize, cancellationToken);
        return request.Page.CreatePage(items, total);
    }
}
