namespace SdkChat.Api.Authentication;

/// <summary>Claim names of a scheme's tokens, exactly as they are sent, and the roles that give access.</summary>
public sealed record ClaimNames
{
    /// <summary>Claim of the subject. A token without it is refused.</summary>
    public string Subject { get; set; } = "sub";

    /// <summary>Claim of the tenant's id, a UUID. Tenant tokens only.</summary>
    public string TenantId { get; set; } = "tenant_id";

    /// <summary>Claim of the tenant's code. It may be absent. Tenant tokens only.</summary>
    public string TenantCode { get; set; } = "tenant_code";

    /// <summary>
    /// Claim of the roles, a string or an array of strings. Default: <c>role</c> for tenants, <c>roles</c> for the backoffice.
    /// </summary>
    public string Role { get; set; } = "";

    /// <summary>
    /// Values of that claim that give access, exactly as they are sent; one of them is enough. Default: <c>admin</c> for tenants,
    /// <c>ROLE_ADMIN</c> for the backoffice.
    /// </summary>
    public IReadOnlyList<string> RoleValues { get; set; } = [];
}
