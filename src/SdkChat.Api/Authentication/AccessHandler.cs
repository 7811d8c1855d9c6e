using Microsoft.AspNetCore.Authorization;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Tenants;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Authentication;

/// <summary>
/// Decides over a good credential, in the order in which callers are told: the role, whether the tenant is the one
/// addressed, whether the tenant is enabled.
/// </summary>
internal sealed class AccessHandler(ITenantDirectory tenants, TenantHosts hosts) : AuthorizationHandler<AccessRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, AccessRequirement requirement)
    {
        // Without a credential of this very scheme nothing is decided here, and the caller is asked for one.
        if (context.Resource is not HttpContext http
            || http.Features.Get<Credential>() is not { } credential
            || credential.Scheme != requirement.Scheme)
            return;

        if (await RefusalAsync(http, credential) is { } code)
            context.Fail(new AccessRefusal(this, code));
        else
            context.Succeed(requirement);
    }

    private async ValueTask<ErrorCode?> RefusalAsync(HttpContext http, Credential credential)
    {
        if (!credential.HasRole)
            return ErrorCode.Forbidden;
        if (credential.Tenant is not { } id)
            return null;

        Tenant? tenant;
        try
        {
            tenant = await tenants.FindAsync(id, http.RequestAborted);
        }
        catch (UnavailableException) when (http.GetEndpoint()?.Metadata.GetMetadata<AnswersWithoutTenantAttribute>() is not null)
        {
            return null;
        }

        if (tenant is null)
            return ErrorCode.TenantDisabled;
        if (!hosts.Admit(http.Request.Host, tenant.Code) || !ClaimFits(credential.TenantCode, tenant.Code))
            return ErrorCode.TenantMismatch;
        if (!tenant.Enabled)
            return ErrorCode.TenantDisabled;

        http.SetTenant(tenant);
        return null;
    }

    private static bool ClaimFits(string? claimed, TenantCode code) => claimed is null || (TenantCode.TryParse(claimed, out var named) && named == code);
}
