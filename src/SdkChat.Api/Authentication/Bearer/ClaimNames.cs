namespace SdkChat.Api.Authentication.Bearer;

/// <summary>What the claims are called in a scheme's tokens, exactly as they are sent.</summary>
public sealed record ClaimNames
{
    /// <summary>Who the person is. Default <c>sub</c>.</summary>
    public string Subject { get; set; } = "sub";

    /// <summary>The tenant's id, a UUID; tenant tokens only. Default <c>tenant_id</c>.</summary>
    public string TenantId { get; set; } = "tenant_id";

    /// <summary>The tenant's code, which may be absent; tenant tokens only. Default <c>tenant_code</c>.</summary>
    public string TenantCode { get; set; } = "tenant_code";

    /// <summary>The roles, a string or an array of strings. Default <c>role</c> for tenants, <c>roles</c> for the backoffice.</summary>
    public string Role { get; set; } = "";
}
