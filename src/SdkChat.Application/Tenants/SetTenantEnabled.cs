using MediatR;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Application.Tenants;

/// <summary>Enables or disables a tenant, on every node within 5 s. Its data stays. Returns the tenant after the change.</summary>
/// <param name="Tenant">The code or the id, as an operator types it.</param>
public sealed record SetTenantEnabledCommand(string Tenant, bool Enabled) : IRequest<Tenant>;

internal sealed class SetTenantEnabledHandler(ITenantRepository tenants) : IRequestHandler<SetTenantEnabledCommand, Tenant>
{
    public async Task<Tenant> Handle(SetTenantEnabledCommand request, CancellationToken cancellationToken)
    {
        var tenant = await tenants.GetAsync(request.Tenant, cancellationToken);
        return await tenants.UpdateAsync(tenant.Id, name: null, request.Enabled, cancellationToken)
            ?? throw NotFoundException.Tenant(request.Tenant);
    }
}
