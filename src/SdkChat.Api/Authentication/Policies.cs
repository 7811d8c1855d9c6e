namespace SdkChat.Api.Authentication;

/// <summary>The callers that an endpoint accepts (contract, section 1).</summary>
public static class Policies
{
    /// <summary>A tenant JWT whose role is <c>admin</c>, of an enabled tenant, on a host that is not another tenant's.</summary>
    public const string TenantAdmin = nameof(TenantAdmin);

    /// <summary>A backoffice JWT with <c>ROLE_ADMIN</c>.</summary>
    public const string SuperAdmin = nameof(SuperAdmin);

    /// <summary>An active SDK key of an enabled tenant, on a host that is not another tenant's.</summary>
    public const string SdkKey = nameof(SdkKey);
}
