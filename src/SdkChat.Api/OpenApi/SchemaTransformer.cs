using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SdkChat.Api.Chats.Sdk;
using SdkChat.Api.Http;
using SdkChat.Api.Profiles;
using SdkChat.Domain.Common;

namespace SdkChat.Api.OpenApi;

/// <summary>
/// Describes what reflection cannot see: the formats of instants, enumerations and raw JSON values, and optional members.
/// </summary>
internal sealed class SchemaTransformer : IOpenApiSchemaTransformer
{
    /// <summary>Contract, section 2: UTC, without a fraction if it is zero, with three digits otherwise.</summary>
    private const string Instant = @"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{3})?Z$";

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        var isNullable = type != context.JsonTypeInfo.Type && !IsLeftOutWhenNull(context.JsonPropertyInfo);
        if (type == typeof(RawJson))
            Verbatim(schema, context, isNullable);
        else if (type == typeof(DateTimeOffset))
            (schema.Type, schema.Pattern) = (JsonSchemaType.String | (isNullable ? JsonSchemaType.Null : 0), Instant);
        else if (type.IsEnum)
            schema.Type = JsonSchemaType.String;
        else if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ApiResponse<>))
            Envelope(schema);
        else if (type == typeof(StartChatRequest) && schema.Properties?["prompt"] is OpenApiSchema prompt)
            (prompt.Type, prompt.MinLength) = (JsonSchemaType.String, 1);
        else if (type == typeof(TriggerBackListRequest) && schema.Properties?["notification_items"] is OpenApiSchema items)
            items.MaxItems = 200;
        else if (type == typeof(StampSessionRequest) && schema.Properties?["status"] is OpenApiSchema status)
            (status.Type, status.Pattern, status.MinLength, status.MaxLength, schema.Required) = (
                JsonSchemaType.String, "^[A-Z0-9_]{1,40}$", 1, 40, new HashSet<string> { "status" });
        RequestSchemas.Limit(schema, type);
        schema.Required?.ExceptWith(context.JsonTypeInfo.Properties.Where(IsLeftOutWhenNull).Select(member => member.Name));
        return Task.CompletedTask;
    }

    /// <summary>
    /// A profile's document, as a body or as <c>data</c>, and a stamp's <c>meta</c> are objects; all others are lists of items.
    /// </summary>
    private static void Verbatim(OpenApiSchema schema, OpenApiSchemaTransformerContext context, bool isNullable)
    {
        // Called for the items of such a list: they were described with it.
        if (context.JsonPropertyInfo is null && context.ParameterDescription?.Type != typeof(RawJson))
            return;

        if (context.JsonPropertyInfo is { Name: "meta" })
        {
            (schema.Type, schema.Properties, schema.Items) = (JsonSchemaType.Object | (isNullable ? JsonSchemaType.Null : 0), null, null);
            (schema.Description, schema.AdditionalProperties) = (
                "An object of the app's own, to the byte as it came; at most 4 KiB.", new OpenApiSchema());
            return;
        }

        var isDocument = context.JsonPropertyInfo is null or { Name: "data" };
        schema.Type = isDocument ? JsonSchemaType.Object | (isNullable ? JsonSchemaType.Null : 0) : JsonSchemaType.Array;
        schema.Properties = null;
        schema.Items = isDocument ? null : new OpenApiSchema { Description = "Of the pipeline's own shape, to the byte as it came." };
        if (isDocument)
            (schema.Description, schema.AdditionalProperties) = ("Any JSON object that jsonb can hold.", new OpenApiSchema());
    }

    private static void Envelope(OpenApiSchema schema)
    {
        schema.Description = null;
        schema.Required = new HashSet<string> { "success", "data" };
        schema.Properties!["success"] = new OpenApiSchema { Type = JsonSchemaType.Boolean, Enum = [JsonValue.Create(true)] };
    }

    private static bool IsLeftOutWhenNull(JsonPropertyInfo? member) =>
        member?.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true)
            .OfType<JsonIgnoreAttribute>().Any(ignore => ignore.Condition == JsonIgnoreCondition.WhenWritingNull) == true;
}
