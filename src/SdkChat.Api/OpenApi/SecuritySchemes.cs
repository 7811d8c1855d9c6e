using Microsoft.OpenApi;
using SdkChat.Api.Authentication;

namespace SdkChat.Api.OpenApi;

/// <summary>The three credentials, and the two ways to send each (contract, section 1).</summary>
internal static class SecuritySchemes
{
    private const string TenantToken = "tenant_token";
    private const string TenantCookie = "tenant_cookie";
    private const string BackofficeToken = "backoffice_token";
    private const string BackofficeCookie = "backoffice_cookie";
    private const string SdkKey = "sdk_key";
    private const string SdkBearer = "sdk_bearer";

    public static IDictionary<string, IOpenApiSecurityScheme> All { get; } = new Dictionary<string, IOpenApiSecurityScheme>
    {
        [TenantToken] = Bearer("JWT", "A tenant's JWT; its role must be `admin`."),
        [TenantCookie] = Cookie(
            "tenant_token", "The same JWT in a cookie (its name is configurable), for the browser's EventSource, which can set no header."),
        [BackofficeToken] = Bearer("JWT", "A backoffice JWT with `ROLE_ADMIN`."),
        [BackofficeCookie] = Cookie("backoffice_token", "The same JWT in a cookie (its name is configurable)."),
        [SdkKey] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = "X-API-KEY",
            Description = "An SDK key, `osk_…`.",
        },
        [SdkBearer] = Bearer("osk", "The same SDK key as a bearer token."),
    };

    /// <summary>Each of these is sufficient for an endpoint with this policy. A header takes precedence over a cookie.</summary>
    public static string[] For(string? policy) => policy switch
    {
        Policies.TenantAdmin => [TenantToken, TenantCookie],
        Policies.SuperAdmin => [BackofficeToken, BackofficeCookie],
        Policies.SdkKey => [SdkKey, SdkBearer],
        _ => [],
    };

    private static OpenApiSecurityScheme Bearer(string format, string description) =>
        new() { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = format, Description = description };

    private static OpenApiSecurityScheme Cookie(string name, string description) =>
        new() { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = name, Description = description };
}
