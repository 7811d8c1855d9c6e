using Scalar.AspNetCore;

namespace SdkChat.Api.OpenApi;

/// <summary>The contract as a document: OpenAPI 3.1 at <c>/openapi/v1.json</c>, readable at <c>/docs</c>.</summary>
internal static class OpenApiSetup
{
    /// <summary>The name of the document in the framework.</summary>
    public const string Document = "v1";

    private const string ReferencePath = "/docs";

    private const string DocumentPath = $"/openapi/{Document}.json";

    public static IServiceCollection AddSdkChatOpenApi(this IServiceCollection services) =>
        services.AddOpenApi(Document, options =>
        {
            // Pages and probes are not part of the API.
            options.ShouldInclude = action => action.RelativePath?.Split('/')[0] is "api" or "v1";
            options.CreateSchemaReferenceId = SchemaNames.Get;
            options.AddDocumentTransformer<DocumentTransformer>();
            options.AddOperationTransformer<ParameterTransformer>();
            options.AddOperationTransformer<SecurityTransformer>();
            options.AddOperationTransformer<BodyTransformer>();
            options.AddOperationTransformer<FailureTransformer>();
            options.AddOperationTransformer<HeaderTransformer>();
            options.AddOperationTransformer<LinkTransformer>();
            options.AddSchemaTransformer<SchemaTransformer>();
        });

    public static IApplicationBuilder UseSdkChatOpenApi(this IApplicationBuilder app) => app.UseReferencePolicy(ReferencePath);

    public static void MapSdkChatOpenApi(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        // The page loads everything from this service: no CDN, no web fonts.
        app.MapScalarApiReference(ReferencePath, options => options
            .WithTitle("SdkChat")
            .WithOpenApiRoutePattern(DocumentPath)
            .DisableDefaultFonts()
            // Services of Scalar's vendor. They would send the document to other hosts, which the page's content security policy refuses.
            .DisableAgent()
            .DisableMcp()
            .HideClientButton()
            .HideDeveloperTools()).AllowAnonymous();
    }
}
