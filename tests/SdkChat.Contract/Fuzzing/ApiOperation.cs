using System.Text.Json;
using SdkChat.TestSupport.Documents;

namespace SdkChat.Contract.Fuzzing;

/// <summary>A parameter of an operation as the document describes it.</summary>
internal sealed record ApiParameter(string Name, string In, bool IsRequired, JsonElement Schema, JsonElement? Example);

/// <summary>An operation of the document.</summary>
/// <param name="Schemes">The names of the security schemes that it takes.</param>
internal sealed record ApiOperation(
    string Method, string Path, IReadOnlyList<ApiParameter> Parameters, JsonElement? BodySchema, JsonElement? BodyExample,
    IReadOnlyList<string> Schemes)
{
    /// <summary>Whether it changes nothing.</summary>
    public bool IsRead => Method == "GET";

    public override string ToString() => $"{Method} {Path}";

    public static IReadOnlyList<ApiOperation> Read(ApiDocument document) =>
        [.. document.Operations.Select(operation => Read(document, operation.Method, operation.Path, operation.Operation))];

    private static ApiOperation Read(ApiDocument document, string method, string path, JsonElement operation)
    {
        var body = operation.TryGetProperty("requestBody", out var request)
            && request.GetProperty("content").TryGetProperty("application/json", out var content)
            ? content
            : (JsonElement?)null;
        return new ApiOperation(
            method,
            path,
            [.. Parts(operation, "parameters").Select(document.Meant).Select(Parameter)],
            body is { } described ? document.Meant(described.GetProperty("schema")) : null,
            body is { } shown && shown.TryGetProperty("example", out var example) ? example : null,
            [.. Parts(operation, "security").SelectMany(scheme => scheme.EnumerateObject()).Select(scheme => scheme.Name)]);
    }

    private static ApiParameter Parameter(JsonElement parameter) => new(
        parameter.GetProperty("name").GetString()!,
        parameter.GetProperty("in").GetString()!,
        parameter.TryGetProperty("required", out var required) && required.GetBoolean(),
        parameter.GetProperty("schema"),
        parameter.TryGetProperty("example", out var example) ? example : null);

    private static IEnumerable<JsonElement> Parts(JsonElement element, string name) =>
        element.TryGetProperty(name, out var parts) ? parts.EnumerateArray() : [];
}
