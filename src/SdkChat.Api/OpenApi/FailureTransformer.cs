using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace SdkChat.Api.OpenApi;

/// <summary>Adds the failures that every operation shares, in the envelope of the contract's section 2.</summary>
internal sealed class FailureTransformer : IOpenApiOperationTransformer
{
    private static readonly (string Status, string Codes)[] Everywhere =
    [
        ("400", "`VALIDATION_FAILED`, `MALFORMED_JSON`"),
        ("401", "`UNAUTHENTICATED`"),
        ("403", "`FORBIDDEN`, `TENANT_MISMATCH`, `TENANT_DISABLED`, `ORIGIN_NOT_ALLOWED`"),
        ("429", "`RATE_LIMITED`, `TOO_MANY_STREAMS`; with `Retry-After`"),
        ("500", "`INTERNAL`"),
        ("503", "`UNAVAILABLE`; with `Retry-After`"),
    ];

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Responses ??= [];
        foreach (var (status, codes) in Everywhere)
            operation.Responses.TryAdd(status, Failure(codes));
        if (context.Description.RelativePath?.Contains('{', StringComparison.Ordinal) == true)
            operation.Responses.TryAdd("404", Failure("`CHAT_NOT_FOUND`, `PROFILE_NOT_FOUND`: there is none, or it is another tenant's"));
        return Task.CompletedTask;
    }

    private static OpenApiResponse Failure(string codes) => new()
    {
        Description = codes,
        Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = Envelope() } },
    };

    private static OpenApiSchema Envelope() => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "success", "code", "message" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["success"] = new OpenApiSchema { Type = JsonSchemaType.Boolean, Const = "false" },
            ["code"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["message"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "For people; its wording may change." },
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "With `VALIDATION_FAILED` only: what is wrong, by parameter.",
                AdditionalProperties = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Items = new OpenApiSchema { Type = JsonSchemaType.String },
                },
            },
        },
    };
}
