using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Tenants;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Authentication;

/// <summary>
/// Decides whether a verified credential is sufficient. It checks the role, whether the tenant is the one addressed, whether the tenant is
/// enabled and whether the user is blocked; the first check that fails is reported.
/// </summary>
internal sealed class TenantAccess(ITenantCache tenants, IBlockCache blocks, TenantHosts hosts)
{
    /// <returns>The refusal, or null; and the tenant, if there is one and it was not refused.</returns>
    /// <exception cref="UnavailableException">The tenant cannot be read.</exception>
    public async ValueTask<(ErrorCode? Refusal, Tenant? Tenant)> DecideAsync(HttpContext http, Credential credential)
    {
        if (!credential.HasRole)
            return (ErrorCode.Forbidden, null);
        if (credential.Tenant is not { } id)
            return (null, null);

        var tenant = await tenants.FindAsync(id, http.RequestAborted);
        if (tenant is null)
            return (ErrorCode.TenantDisabled, null);
        if (!hosts.IsAllowed(http.Request.Host, tenant.Code) || !ClaimFits(credential.TenantCode, tenant.Code))
            return (ErrorCode.TenantMismatch, null);

        if (!tenant.Enabled)
            return (ErrorCode.TenantDisabled, null);

        var isBlocked = await IsBlockedAsync(id, credential.Subject, http) || await IsBlockedAsync(id, credential.AddedBy, http);
        return isBlocked ? (ErrorCode.Blocked, null) : (null, tenant);
    }

    /// <summary>An SDK key has no subject.</summary>
    private async ValueTask<bool> IsBlockedAsync(TenantId tenant, string? subject, HttpContext http) =>
        subject is not null && await blocks.IsBlockedAsync(tenant, subject, http.RequestAborted);

    private static bool ClaimFits(string? claimed, TenantCode code) =>
        claimed is null || (TenantCode.TryParse(claimed, out var named) && named == code);
}
