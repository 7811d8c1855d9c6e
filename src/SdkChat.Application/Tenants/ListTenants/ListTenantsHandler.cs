using MediatR;

namespace SdkChat.Application.Tenants.ListTenants;

internal sealed class ListTenantsHandler(ITenantRegistry tenants) : IRequestHandler<ListTenantsQuery, IReadOnlyList<Tenant>>
{
    public Task<IReadOnlyList<Tenant>> Handle(ListTenantsQuery request, CancellationToken cancellationToken) =>
        tenants.ListAsync(cancellationToken);
}
