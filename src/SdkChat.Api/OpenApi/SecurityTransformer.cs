using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SdkChat.Api.Authentication;

namespace SdkChat.Api.OpenApi;

/// <summary>Gives each operation the credentials that its policy takes.</summary>
internal sealed class SecurityTransformer : IOpenApiOperationTransformer
{
    public const string TenantToken = "tenant_token";
    public const string TenantCookie = "tenant_cookie";
    public const string BackofficeToken = "backoffice_token";
    public const string BackofficeCookie = "backoffice_cookie";
    public const string SdkKey = "sdk_key";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var schemes = Schemes(context.Description.ActionDescriptor.EndpointMetadata);
        operation.Security =
        [
            .. schemes.Select(scheme => new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [],
            }),
        ];
        return Task.CompletedTask;
    }

    private static string[] Schemes(IList<object> metadata) =>
        metadata.OfType<IAuthorizeData>().Select(data => data.Policy).FirstOrDefault(policy => policy is not null) switch
        {
            Policies.TenantAdmin => [TenantToken, TenantCookie],
            Policies.SuperAdmin => [BackofficeToken, BackofficeCookie],
            Policies.SdkKey => [SdkKey],
            _ => [],
        };
}
