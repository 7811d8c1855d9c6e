using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants.AddTenant;

internal sealed class AddTenantHandler(ITenantRegistry tenants) : IRequestHandler<AddTenantCommand, Tenant>
{
    public async Task<Tenant> Handle(AddTenantCommand request, CancellationToken cancellationToken)
    {
        var code = TenantCodeRule.Parse(request.Code);
        var tenant = new Tenant(new TenantId(Guid.CreateVersion7()), code, request.Name?.Trim() ?? code.Value, Enabled: true);
        return await tenants.AddAsync(tenant, cancellationToken)
            ? tenant
            : throw new SdkChatException(ErrorCode.ValidationFailed, $"There is a tenant named {code} already.");
    }
}
