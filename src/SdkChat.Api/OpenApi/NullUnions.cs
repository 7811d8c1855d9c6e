using Microsoft.OpenApi;

namespace SdkChat.Api.OpenApi;

/// <summary>
/// Undoes the union "null, or this schema" that the framework generates for members and bodies whose CLR type is nullable, although they
/// are never null.
/// </summary>
internal static class NullUnions
{
    public static IOpenApiSchema Resolve(IOpenApiSchema schema) =>
        schema is OpenApiSchema { OneOf: [{ Type: JsonSchemaType.Null }, var meant] } ? meant : schema;
}
