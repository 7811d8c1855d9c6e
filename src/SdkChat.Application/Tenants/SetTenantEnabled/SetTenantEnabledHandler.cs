using MediatR;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Application.Tenants.SetTenantEnabled;

internal sealed class SetTenantEnabledHandler(ITenantRegistry tenants) : IRequestHandler<SetTenantEnabledCommand, Tenant>
{
    public async Task<Tenant> Handle(SetTenantEnabledCommand request, CancellationToken cancellationToken)
    {
        var code = TenantCodeRule.Parse(request.Code);
        return await tenants.SetEnabledAsync(code, request.Enabled, cancellationToken) ?? throw NotFoundException.Tenant(code.Value);
    }
}
