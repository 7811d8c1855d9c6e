using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace SdkChat.Api.OpenApi;

/// <summary>What the document says of itself, and the three credentials (contract, section 1).</summary>
internal sealed class DocumentTransformer : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "SdkChat",
            Version = "v1",
            Description =
                """
                Chats of a shop's app: live and in history for the tenant's admins, across tenants for the backoffice, and the calls
                of the SDK itself.

                Every answer is JSON in snake_case, `{"success": true, "data": …}` or `{"success": false, "code": "…", "message": "…"}`.
                Instants are UTC, ISO 8601 with `Z`. Lists are newest first; `page` counts from 0, `size` is capped at 100, and the
                `Link` header walks the list without showing a row twice.
                """,
        };
        // The document is the same wherever it is served from: relative to its own host.
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [SecurityTransformer.TenantToken] = Bearer("A tenant's JWT; its role must be `admin`."),
            [SecurityTransformer.TenantCookie] = Cookie("tenant_token", "The same JWT in a cookie, for the browser's EventSource, which can set no header."),
            [SecurityTransformer.BackofficeToken] = Bearer("A backoffice JWT with `ROLE_ADMIN`."),
            [SecurityTransformer.BackofficeCookie] = Cookie("backoffice_token", "The same JWT in a cookie."),
            [SecurityTransformer.SdkKey] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = "X-API-KEY",
                Description = "An SDK key, `osk_…`. `Authorization: Bearer osk_…` is accepted too.",
            },
        };
        return Task.CompletedTask;
    }

    private static OpenApiSecurityScheme Bearer(string description) =>
        new() { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT", Description = description };

    private static OpenApiSecurityScheme Cookie(string name, string description) =>
        new() { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = name, Description = description };
}
