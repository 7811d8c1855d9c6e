using MediatR;

namespace SdkChat.Application.Tenants;

/// <summary>All tenants, by code.</summary>
public sealed record ListTenantsQuery : IRequest<IReadOnlyList<Tenant>>;

internal sealed class ListTenantsHandler(ITenantRepository tenants) : IRequestHandler<ListTenantsQuery, IReadOnlyList<Tenant>>
{
    public Task<IReadOnlyList<Tenant>> Handle(ListTenantsQuery request, CancellationToken cancellationToken) =>
        tenants.ListAsync(cancellationToken);
}
