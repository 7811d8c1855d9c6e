using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using SdkChat.Api.Http.Binding;

namespace SdkChat.Api.OpenApi;

/// <summary>The schemas of filter parameters whose types reflection would describe as objects.</summary>
internal static class FilterSchemas
{
    private const string DateOrInstant = @"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2}))?$";
    private const string Uuid = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    /// <returns>Null for a parameter that is not a filter.</returns>
    public static OpenApiSchema? Create(OpenApiParameter parameter) => (parameter.In, parameter.Name) switch
    {
        (ParameterLocation.Query, "status") => Text($"^({Statuses})(,({Statuses}))*$", 200),
        (ParameterLocation.Query, "from" or "to") => Text(DateOrInstant, InstantText.MaxLength),
        (ParameterLocation.Query, "tz") => Text("^[A-Za-z0-9_+-][A-Za-z0-9_+/-]*$", 64, "UTC"),
        (ParameterLocation.Query, "bucket") => new OpenApiSchema
        {
            Type = JsonSchemaType.String, Enum = [.. BucketUnitText.Names.Keys.Select(name => (JsonNode)JsonValue.Create(name)!)],
            Default = JsonValue.Create("day"),
        },
        (ParameterLocation.Query, "group_by") => new OpenApiSchema { Type = JsonSchemaType.String, Enum = [JsonValue.Create("tenant")!] },
        (ParameterLocation.Query, "ids") => Text($"^{Uuid}(,{Uuid}){{0,99}}$", 3699),
        (ParameterLocation.Query, "format") =>
            new OpenApiSchema { Type = JsonSchemaType.String, Enum = [JsonValue.Create("csv")!, JsonValue.Create("ndjson")!] },
        (ParameterLocation.Query, "bom" or "changes" or "detail" or "questions") =>
            new OpenApiSchema { Type = JsonSchemaType.Boolean, Default = JsonValue.Create(false) },
        (ParameterLocation.Query, "triggered") => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        _ => null,
    };

    private static string Statuses => string.Join('|', ChatStatusesText.Names.Keys);

    private static OpenApiSchema Text(string pattern, int length, string? standard = null) => new()
    {
        Type = JsonSchemaType.String, Pattern = pattern, MaxLength = length, Default = standard is null ? null : JsonValue.Create(standard),
    };
}
