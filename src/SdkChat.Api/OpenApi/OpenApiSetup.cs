using Microsoft.AspNetCore.OpenApi;
using Scalar.AspNetCore;
using SdkChat.Domain.Common;

namespace SdkChat.Api.OpenApi;

/// <summary>The contract as a document: OpenAPI 3.1 at <c>/openapi/v1.json</c>, readable at <c>/docs</c>.</summary>
internal static class OpenApiSetup
{
    private const string DocumentPath = "/openapi/v1.json";

    public static IServiceCollection AddSdkChatOpenApi(this IServiceCollection services) =>
        services.AddOpenApi("v1", options =>
        {
            // Described where it is used: it is an object here and a list there.
            options.CreateSchemaReferenceId = type =>
                Nullable.GetUnderlyingType(type.Type) == typeof(RawJson) || type.Type == typeof(RawJson)
                    ? null
                    : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
            options.AddDocumentTransformer<DocumentTransformer>();
            options.AddOperationTransformer<ParameterTransformer>();
            options.AddOperationTransformer<SecurityTransformer>();
            options.AddOperationTransformer<FailureTransformer>();
            options.AddSchemaTransformer<SchemaTransformer>();
        });

    public static void MapSdkChatOpenApi(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        // Everything the page needs is served from here: no CDN, no web fonts.
        app.MapScalarApiReference("/docs", options => options
            .WithTitle("SdkChat")
            .WithOpenApiRoutePattern(DocumentPath)
            .DisableDefaultFonts()).AllowAnonymous();
    }
}
