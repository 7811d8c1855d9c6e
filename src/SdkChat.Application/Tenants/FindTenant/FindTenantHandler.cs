using MediatR;

namespace SdkChat.Application.Tenants.FindTenant;

internal sealed class FindTenantHandler(ITenantRegistry registry) : IRequestHandler<FindTenantQuery, Tenant>
{
    public Task<Tenant> Handle(FindTenantQuery request, CancellationToken cancellationToken) =>
        registry.GetAsync(request.Code, cancellationToken);
}
