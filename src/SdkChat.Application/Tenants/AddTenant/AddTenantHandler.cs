using MediatR;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants.AddTenant;

internal sealed class AddTenantHandler(ITenantRegistry registry) : IRequestHandler<AddTenantCommand, Tenant>
{
    public async Task<Tenant> Handle(AddTenantCommand request, CancellationToken cancellationToken)
    {
        if (!TenantCode.TryParse(request.Code, out var code))
            throw new ArgumentException("The validator lets no such code through.", nameof(request));

        var tenant = new Tenant(new TenantId(Guid.CreateVersion7()), code, request.Name?.Trim() ?? code.Value, Enabled: true);
        return await registry.AddAsync(tenant, cancellationToken)
            ? tenant
            : throw new SdkChatException(ErrorCode.TenantExists, $"There is a tenant '{code}' already.");
    }
}
