using SdkChat.Application.Tenants;

namespace SdkChat.Api.Authentication;

/// <summary>What authorization learned of the caller.</summary>
public static class CallerContext
{
    /// <summary>The caller's tenant, enabled and checked against the host.</summary>
    /// <exception cref="InvalidOperationException">The endpoint's policy admits callers that have no tenant.</exception>
    public static Tenant GetTenant(this HttpContext context) =>
        context.Features.Get<Tenant>() ?? throw new InvalidOperationException("No tenant was authorized for this request.");

    internal static void SetTenant(this HttpContext context, Tenant tenant) => context.Features.Set(tenant);
}
