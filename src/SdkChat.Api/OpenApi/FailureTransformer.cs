using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Net.Http.Headers;
using Microsoft.OpenApi;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.OpenApi;

/// <summary>
/// Adds the failures of each operation, in the envelope of the contract's section 2: by status, with the codes it may have.
/// </summary>
internal sealed class FailureTransformer : IOpenApiOperationTransformer
{
    /// <summary>The name of the envelope's schema.</summary>
    public const string Schema = "Failure";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Responses ??= [];
        var byStatus = FailureCodes.Get(context.Description).Distinct().Order().GroupBy(code => ErrorTable.Get(code).Status)
            .OrderBy(group => group.Key);
        foreach (var group in byStatus)
            operation.Responses[group.Key.ToString(CultureInfo.InvariantCulture)] = Shared([.. group], group.Key, context.Document!);
        return Task.CompletedTask;
    }

    /// <summary>Many operations have the same failures: each set of codes is described once.</summary>
    private static OpenApiResponseReference Shared(ErrorCode[] codes, int status, OpenApiDocument document)
    {
        var name = string.Join("Or", codes);
        document.AddComponent(name, Response(codes, status, document));
        return new OpenApiResponseReference(name, document);
    }

    /// <summary>The envelope, with all codes.</summary>
    public static OpenApiSchema Failure() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "What every failure looks like.",
        Required = new HashSet<string> { "success", "code", "message" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["success"] = new OpenApiSchema { Type = JsonSchemaType.Boolean, Enum = [JsonValue.Create(false)] },
            ["code"] = OneOf(Enum.GetValues<ErrorCode>(), "What a program may decide by; new ones may come."),
            ["message"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "For people; its wording may change." },
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "With `VALIDATION_FAILED` only, and always: what is wrong, by parameter or member.",
                AdditionalProperties = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Items = new OpenApiSchema { Type = JsonSchemaType.String },
                },
            },
        },
    };

    private static OpenApiResponse Response(ErrorCode[] codes, int status, OpenApiDocument document) => new()
    {
        Description = string.Join("\n", codes.Select(code => $"- `{ErrorTable.Get(code).Code}`: {ErrorTable.Get(code).Message}")),
        Headers = DocumentedHeaders.With(HeadersOf(status), document),
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/json"] = new()
            {
                Schema = new OpenApiSchema
                {
                    AllOf =
                    [
                        new OpenApiSchemaReference(Schema, document),
                        new OpenApiSchema
                        {
                            Type = JsonSchemaType.Object,
                            Required = new HashSet<string> { "code" },
                            Properties = new Dictionary<string, IOpenApiSchema> { ["code"] = OneOf(codes) },
                        },
                    ],
                },
                Examples = codes.ToDictionary(
                    code => ErrorTable.Get(code).Code,
                    IOpenApiExample (code) => new OpenApiExampleReference(ErrorTable.Get(code).Code, document)),
            },
        },
    };

    private static string[] HeadersOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => [HeaderNames.WWWAuthenticate],
        StatusCodes.Status405MethodNotAllowed => [HeaderNames.Allow],
        StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable => [HeaderNames.RetryAfter],
        _ => [],
    };

    private static OpenApiSchema OneOf(ErrorCode[] codes, string? description = null) => new()
    {
        Type = JsonSchemaType.String,
        Description = description,
        Enum = [.. codes.Select(code => (JsonNode)JsonValue.Create(ErrorTable.Get(code).Code)!)],
    };
}
