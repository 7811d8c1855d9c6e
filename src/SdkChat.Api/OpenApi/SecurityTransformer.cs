using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace SdkChat.Api.OpenApi;

/// <summary>Adds to each operation the credentials of its policy, and the hosts for such callers.</summary>
internal sealed class SecurityTransformer : IOpenApiOperationTransformer
{
    public static string? Policy(ApiDescription action) =>
        action.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Select(data => data.Policy)
            .FirstOrDefault(policy => policy is not null);

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var policy = Policy(context.Description);
        operation.Servers = Servers.For(policy, Servers.Own(context.ApplicationServices));
        operation.Security =
        [
            .. SecuritySchemes.For(policy).Select(scheme => new OpenApiSecurityRequirement
            {
                [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [],
            }),
        ];
        return Task.CompletedTask;
    }
}
