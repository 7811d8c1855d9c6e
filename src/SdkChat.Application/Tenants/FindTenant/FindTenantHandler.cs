using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants.FindTenant;

internal sealed class FindTenantHandler(ITenantRegistry registry) : IRequestHandler<FindTenantQuery, Tenant>
{
    public async Task<Tenant> Handle(FindTenantQuery request, CancellationToken cancellationToken)
    {
        var tenant = TenantCode.TryParse(request.Code, out var code) ? await registry.FindAsync(code, cancellationToken) : null;
        return tenant ?? throw NotFoundException.Tenant(request.Code);
    }
}
