using MediatR;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Application.Tenants.SetTenantEnabled;

internal sealed class SetTenantEnabledHandler(ITenantRegistry registry) : IRequestHandler<SetTenantEnabledCommand, Tenant>
{
    public async Task<Tenant> Handle(SetTenantEnabledCommand request, CancellationToken cancellationToken)
    {
        var tenant = await registry.GetAsync(request.Code, cancellationToken);
        return await registry.UpdateAsync(tenant.Id, name: null, request.Enabled, cancellationToken) ?? throw NotFoundException.Tenant(request.Code);
    }
}
