using SdkChat.Application.Tenants;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Tenants;

internal sealed record TenantRow(Guid TenantId, string Code, string Name, bool Enabled)
{
    public Tenant ToTenant() => new(
        new TenantId(TenantId),
        TenantCode.TryParse(Code, out var code) ? code : throw new InvalidOperationException($"Tenant {TenantId} has no valid code."),
        Name,
        Enabled);
}
