using MediatR;

namespace SdkChat.Application.Tenants;

/// <summary>Finds the tenant that an operator names.</summary>
/// <param name="Tenant">The code or the id as typed; upper case becomes lower case.</param>
public sealed record FindTenantQuery(string Tenant) : IRequest<Tenant>;

internal sealed class FindTenantHandler(ITenantRepository tenants) : IRequestHandler<FindTenantQuery, Tenant>
{
    public Task<Tenant> Handle(FindTenantQuery request, CancellationToken cancellationToken) =>
        tenants.GetAsync(request.Tenant, cancellationToken);
}
