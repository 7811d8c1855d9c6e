using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SdkChat.Api.Chats;
using SdkChat.Api.Http.Binding;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Paging;
using SdkChat.Application.Tenants;

namespace SdkChat.Api.OpenApi;

/// <summary>Sets the wire names, descriptions and limits of parameters, and adds the headers that no action binds.</summary>
internal sealed class ParameterTransformer : IOpenApiOperationTransformer
{
    /// <summary>No characters that break a line or control a terminal.</summary>
    private const string OneLine = @"^[^\u0000-\u001f\u007f-\u009f]+$";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Parameters ??= [];
        foreach (var parameter in operation.Parameters.OfType<OpenApiParameter>())
        {
            if (parameter.In != ParameterLocation.Header)
                parameter.Name = JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Name ?? "");
            DocumentedParameters.Describe(parameter);
            if (FilterSchemas.Create(parameter) is { } own)
                parameter.Schema = own;
            else if (parameter.Schema is OpenApiSchema schema)
                Bound(schema, parameter.Name, IsExport(context));
        }

        if (context.Description.SupportedResponseTypes.Any(answer => answer.StatusCode == StatusCodes.Status304NotModified))
            operation.Parameters.Add(DocumentedParameters.IfNoneMatch);
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<WaitsAttribute>().Any())
            operation.Parameters.Add(DocumentedParameters.Prefer);
        operation.Parameters.Add(new OpenApiParameterReference(RequestId.Header, context.Document));
        return Task.CompletedTask;
    }

    private static bool IsExport(OpenApiOperationTransformerContext context) =>
        context.Description.ParameterDescriptions.Any(parameter => parameter.ModelMetadata?.UnderlyingOrModelType == typeof(ExportCursor));

    private static void Bound(OpenApiSchema schema, string? name, bool isExport)
    {
        if (name == "page")
            (schema.Minimum, schema.Default) = ("0", JsonValue.Create(0));
        else if (name == "size")
            (schema.Minimum, schema.Default) = ("1", JsonValue.Create(PageRequest.DefaultSize));
        else if (name == "q")
            (schema.MinLength, schema.MaxLength, schema.Pattern) = (1, 100, @"^[^\u0000]+$");
        else if (name == "cursor")
            (schema.MinLength, schema.MaxLength) = (1, isExport ? ExportCursor.MaxLength : PageCursor.MaxLength);
        else if (name == "name")
            (schema.MinLength, schema.MaxLength, schema.Pattern) = (1, TenantFilter.MaxNameLength, OneLine);
        else if (name is "subject" or "action")
            (schema.MinLength, schema.MaxLength, schema.Pattern) = (1, 200, OneLine);
        else if (name == "key_prefix")
            (schema.MaxLength, schema.Pattern) = (76, "^osk_[a-z0-9]([a-z0-9-]*[a-z0-9])?_[A-Za-z0-9]{8}$");
        else if (name == FromIdempotencyKeyAttribute.Header)
            (schema.MinLength, schema.MaxLength) = (1, 200);
    }
}
