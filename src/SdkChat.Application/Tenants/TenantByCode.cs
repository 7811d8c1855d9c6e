using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>Finds the tenant that a request names.</summary>
internal static class TenantByCode
{
    /// <param name="text">As typed; upper case becomes lower case.</param>
    /// <exception cref="NotFoundException">There is no such tenant, or the text is not a valid code.</exception>
    public static async Task<Tenant> GetAsync(this ITenantRepository tenants, string text, CancellationToken cancellationToken)
    {
        var tenant = TenantCode.TryParse(text, out var code) ? await tenants.FindAsync(code, cancellationToken) : null;
        return tenant ?? throw NotFoundException.Tenant(text);
    }

    /// <exception cref="NotFoundException">There is no such tenant.</exception>
    public static async Task<Tenant> GetAsync(this ITenantRepository tenants, TenantReference tenant, CancellationToken cancellationToken) =>
        tenant.Id is { } id
            ? await tenants.FindAsync(id, cancellationToken) ?? throw NotFoundException.Tenant()
            : await tenants.GetAsync(tenant.Code ?? "", cancellationToken);
}
