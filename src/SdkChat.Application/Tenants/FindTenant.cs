using MediatR;

namespace SdkChat.Application.Tenants;

/// <summary>The tenant that an operator names.</summary>
/// <param name="Code">As typed; upper case is folded.</param>
public sealed record FindTenantQuery(string Code) : IRequest<Tenant>;

internal sealed class FindTenantHandler(ITenantRegistry registry) : IRequestHandler<FindTenantQuery, Tenant>
{
    public Task<Tenant> Handle(FindTenantQuery request, CancellationToken cancellationToken) =>
        registry.GetAsync(request.Code, cancellationToken);
}
