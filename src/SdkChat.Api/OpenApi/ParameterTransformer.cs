using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SdkChat.Application.Chats.Paging;

namespace SdkChat.Api.OpenApi;

/// <summary>Names parameters as callers write them, and tells the defaults and bounds of paging.</summary>
internal sealed class ParameterTransformer : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            parameter.Name = JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Name ?? "");
            if (parameter.Schema is OpenApiSchema schema)
                Describe(parameter.Name, schema);
        }

        return Task.CompletedTask;
    }

    private static void Describe(string name, OpenApiSchema schema)
    {
        if (name == "page")
            (schema.Minimum, schema.Default) = ("0", JsonValue.Create(0));
        if (name == "size")
            (schema.Minimum, schema.Default) = ("1", JsonValue.Create(PageRequest.DefaultSize));
    }
}
