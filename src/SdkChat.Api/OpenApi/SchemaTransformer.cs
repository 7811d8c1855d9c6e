using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SdkChat.Domain.Common;

namespace SdkChat.Api.OpenApi;

/// <summary>Describes what reflection cannot see: values that pass through verbatim.</summary>
internal sealed class SchemaTransformer : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(RawJson))
        {
            schema.Type = JsonSchemaType.Array;
            schema.Properties = null;
            schema.Items = new OpenApiSchema { Description = "Of the pipeline's own shape, to the byte as it came." };
        }

        return Task.CompletedTask;
    }
}
