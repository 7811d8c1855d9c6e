using Microsoft.OpenApi;

namespace SdkChat.Api.OpenApi;

/// <summary>
/// Takes back what the framework makes of members and bodies that a CLR type could leave null, and no answer does:
/// "either null, or this schema".
/// </summary>
internal static class NullUnions
{
    public static IOpenApiSchema Resolve(IOpenApiSchema schema) =>
        schema is OpenApiSchema { OneOf: [{ Type: JsonSchemaType.Null }, var meant] } ? meant : schema;
}
