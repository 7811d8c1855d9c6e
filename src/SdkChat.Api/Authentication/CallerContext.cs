using SdkChat.Application.Tenants;
using SdkChat.Domain.Tenants;

namespace SdkChat.Api.Authentication;

/// <summary>The data of the authenticated caller.</summary>
public static class CallerContext
{
    /// <summary>The caller's tenant, enabled and checked against the host.</summary>
    /// <exception cref="InvalidOperationException">The endpoint's policy allows callers without a tenant.</exception>
    public static Tenant GetTenant(this HttpContext context) =>
        context.Features.Get<Tenant>() ?? throw new InvalidOperationException("No tenant was authorized for this request.");

    /// <summary>The caller's tenant, or null under <see cref="AnswersWithoutTenantAttribute"/> while the tenant cannot be read.</summary>
    public static Tenant? FindTenant(this HttpContext context) => context.Features.Get<Tenant>();

    /// <summary>The tenant that the caller's credential names, whether or not it is enabled.</summary>
    /// <exception cref="InvalidOperationException">The endpoint's policy allows callers without a tenant.</exception>
    public static TenantId GetTenantId(this HttpContext context) =>
        context.Features.Get<Credential>()?.Tenant
        ?? throw new InvalidOperationException("The credential of this request names no tenant.");

    /// <summary>The SDK key that the caller presented.</summary>
    /// <exception cref="InvalidOperationException">The endpoint's policy is not <see cref="Policies.SdkKey"/>.</exception>
    public static ApiKey GetApiKey(this HttpContext context) =>
        context.Features.Get<ApiKey>() ?? throw new InvalidOperationException("No SDK key was authorized for this request.");

    /// <summary>From this instant the caller's credential is refused: a token's <c>exp</c> plus the clock skew. Null for never.</summary>
    public static DateTimeOffset? GetAcceptedUntil(this HttpContext context) => context.Features.Get<Credential>()?.AcceptedUntil;

    /// <summary>The published key that signed the caller's token; null if it cannot be withdrawn.</summary>
    public static string? GetSigningKey(this HttpContext context) => context.Features.Get<Credential>()?.SignedBy;

    /// <summary>The subject of the caller's token; null if there is none.</summary>
    public static string? GetSubject(this HttpContext context) => context.Features.Get<Credential>()?.Subject;

    internal static void SetTenant(this HttpContext context, Tenant tenant) => context.Features.Set(tenant);
}
