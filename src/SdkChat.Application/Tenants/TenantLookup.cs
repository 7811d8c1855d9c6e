using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Tenants;

namespace SdkChat.Application.Tenants;

/// <summary>Finds the tenant that a request names.</summary>
internal static class TenantLookup
{
    /// <param name="text">A code or an id as typed; upper case becomes lower case. A code may look like an id, so codes come first.</param>
    /// <exception cref="NotFoundException">There is no such tenant, or the text is neither a code nor an id.</exception>
    public static async Task<Tenant> GetAsync(this ITenantRepository tenants, string text, CancellationToken cancellationToken)
    {
        var tenant = TenantCode.TryParse(text, out var code) ? await tenants.FindAsync(code, cancellationToken) : null;
        if (tenant is null && Guid.TryParseExact(text, "D", out var id))
            tenant = await tenants.FindAsync(new TenantId(id), cancellationToken);
        return tenant ?? throw NotFoundException.Tenant(text);
    }

    /// <exception cref="NotFoundException">There is no such tenant.</exception>
    public static async Task<Tenant> GetAsync(
        this ITenantRepository tenants, TenantReference tenant, CancellationToken cancellationToken) =>
        tenant.Id is { } id
            ? await tenants.FindAsync(id, cancellationToken) ?? throw NotFoundException.Tenant()
            : await tenants.GetAsync(tenant.Code ?? "", cancellationToken);
}
