using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SdkChat.Domain.Common;

namespace SdkChat.Api.OpenApi;

/// <summary>
/// Describes what reflection cannot see: values that pass through verbatim. A profile's document, alone as a body or as
/// <c>data</c>, is an object; all others are lists of items.
/// </summary>
internal sealed class SchemaTransformer : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(RawJson))
        {
            var isDocument = context.JsonPropertyInfo is null or { Name: "data" };
            schema.Type = isDocument ? JsonSchemaType.Object : JsonSchemaType.Array;
            schema.Properties = null;
            schema.Items = isDocument ? null : new OpenApiSchema { Description = "Of the pipeline's own shape, to the byte as it came." };
        }

        return Task.CompletedTask;
    }
}
