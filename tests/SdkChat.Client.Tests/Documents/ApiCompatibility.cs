using System.Text.Json;

namespace SdkChat.Client.Tests.Documents;

/// <summary>
/// What a client that was written against one OpenAPI document loses with another. Empty where nothing is removed or narrowed.
/// </summary>
internal sealed class ApiCompatibility(JsonElement released, JsonElement current)
{
    private readonly SchemaCompatibility _schemas = new(released, current);

    public static IReadOnlyList<string> Losses(JsonElement released, JsonElement current) =>
        [.. new ApiCompatibility(released, current).Losses()];

    private IEnumerable<string> Losses() =>
        from path in released.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        let name = $"{operation.Name.ToUpperInvariant()} {path.Name}"
        from loss in Find(current.GetProperty("paths"), path.Name) is { } known && Find(known, operation.Name) is { } now
            ? Operation(operation.Value, now, name)
            : [$"{name} is gone"]
        select loss;

    private IEnumerable<string> Operation(JsonElement was, JsonElement @is, string name)
    {
        var before = Parameters(released, was);
        var after = Parameters(current, @is);
        return Keys(Find(was, "security")).Except(Keys(Find(@is, "security"))).Select(scheme => $"{name} no longer takes {scheme}")
            .Concat(before.SelectMany(parameter => after.TryGetValue(parameter.Key, out var now)
                ? Parameter(parameter.Value, now, $"{name}, {parameter.Key}")
                : [$"{name}, {parameter.Key} is gone"]))
            .Concat(
                after.Where(parameter => !before.ContainsKey(parameter.Key) && IsRequired(parameter.Value))
                    .Select(added => $"{name}, {added.Key} is new and required"))
            .Concat(Body(Meant(released, Find(was, "requestBody")), Meant(current, Find(@is, "requestBody")), name))
            .Concat(
                was.GetProperty("responses").EnumerateObject()
                    .SelectMany(response => Find(@is.GetProperty("responses"), response.Name) is { } now
                        ? Response(
                            SchemaCompatibility.Meant(released, response.Value), SchemaCompatibility.Meant(current, now),
                            $"{name} {response.Name}")
                        : [$"{name} {response.Name} is gone"]));
    }

    private IEnumerable<string> Parameter(JsonElement was, JsonElement @is, string where) =>
        (IsRequired(@is) && !IsRequired(was) ? [$"{where} is now required"] : Array.Empty<string>())
            .Concat(_schemas.Losses(was.GetProperty("schema"), @is.GetProperty("schema"), Direction.Request, where));

    private IEnumerable<string> Body(JsonElement? was, JsonElement? @is, string name)
    {
        if (was is null)
            return @is is { } added && IsRequired(added) ? [$"{name} now requires a body"] : [];
        if (@is is not { } body)
            return [$"{name} no longer takes a body"];

        return (IsRequired(body) && !IsRequired(was.Value) ? [$"{name} now requires a body"] : Array.Empty<string>())
            .Concat(Contents(was.Value, body, Direction.Request, $"{name} body"));
    }

    private IEnumerable<string> Response(JsonElement was, JsonElement @is, string where)
    {
        var headers = Find(was, "headers") is { } before ? before.EnumerateObject().Select(header => header.Name) : [];
        return headers.Where(header => Find(@is, "headers") is not { } now || Find(now, header) is null)
            .Select(header => $"{where} has lost the header {header}")
            .Concat(Contents(was, @is, Direction.Response, where));
    }

    private IEnumerable<string> Contents(JsonElement was, JsonElement @is, Direction direction, string where)
    {
        foreach (var content in Find(was, "content") is { } before ? before.EnumerateObject() : Enumerable.Empty<JsonProperty>())
        {
            if (Find(@is, "content") is not { } after || Find(after, content.Name) is not { } now)
                yield return $"{where} is no longer {content.Name}";
            else if (Find(content.Value, "schema") is { } schema && Find(now, "schema") is { } other)
            {
                foreach (var loss in _schemas.Losses(schema, other, direction, where))
                    yield return loss;
            }
        }
    }

    private static Dictionary<string, JsonElement> Parameters(JsonElement root, JsonElement operation) =>
        (Find(operation, "parameters") is { } parameters ? parameters.EnumerateArray() : Enumerable.Empty<JsonElement>())
            .Select(parameter => SchemaCompatibility.Meant(root, parameter))
            .ToDictionary(parameter => $"{parameter.GetProperty("in").GetString()} parameter {parameter.GetProperty("name").GetString()}");

    private static IEnumerable<string> Keys(JsonElement? security) =>
        security is { } alternatives
            ? alternatives.EnumerateArray().SelectMany(one => one.EnumerateObject()).Select(scheme => scheme.Name)
            : [];

    private static bool IsRequired(JsonElement element) => Find(element, "required") is { ValueKind: JsonValueKind.True };

    private static JsonElement? Meant(JsonElement root, JsonElement? element) =>
        element is { } found ? SchemaCompatibility.Meant(root, found) : null;

    private static JsonElement? Find(JsonElement element, string name) => element.TryGetProperty(name, out var found) ? found : null;
}
