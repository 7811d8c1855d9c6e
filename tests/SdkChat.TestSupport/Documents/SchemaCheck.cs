using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SdkChat.TestSupport.Documents;

/// <summary>
/// Checks JSON against the schemas of OpenAPI 3.1 (JSON Schema 2020-12), as far as the document uses them; a keyword that is
/// not known here is an error, never a pass. Objects are closed: a member that no schema names is one too many, although
/// the document leaves room for it to come.
/// </summary>
public sealed class SchemaCheck(JsonElement document)
{
    private static readonly HashSet<string> Known =
    [
        "$ref", "allOf", "oneOf", "type", "enum", "const", "required", "properties", "additionalProperties", "items", "minimum", "maximum",
        "minLength", "maxLength", "maxItems", "pattern", "format", "description", "default", "example", "examples", "title", "$schema",
    ];

    /// <returns>What is wrong, each with its place; nothing where the value fits.</returns>
    public IReadOnlyList<string> Errors(JsonElement schema, JsonElement value)
    {
        var errors = new List<string>();
        Check(schema, value, "$", errors);
        if (value.ValueKind == JsonValueKind.Object)
            CheckClosed([schema], value, "$", errors);
        return errors;
    }

    private void Check(JsonElement schema, JsonElement value, string at, List<string> errors)
    {
        var unknown = schema.EnumerateObject().Where(keyword => !Known.Contains(keyword.Name)).Select(keyword => keyword.Name).ToList();
        if (unknown.Count > 0)
            throw new NotSupportedException($"{nameof(SchemaCheck)} does not know {string.Join(", ", unknown)} at {at}.");

        // Values of others' making may hold what no text can, such as half a surrogate pair: they are not looked into.
        if (schema.EnumerateObject().All(keyword => keyword.Name is "description" or "example"))
            return;
        if (schema.TryGetProperty("$ref", out var reference))
            Check(Resolve(reference), value, at, errors);
        foreach (var part in Parts(schema, "allOf"))
            Check(part, value, at, errors);
        if (schema.TryGetProperty("oneOf", out var ways) && ways.EnumerateArray().Count(way => Errors(way, value).Count == 0) != 1)
            errors.Add($"{at} fits not exactly one of its schemas: {value}");
        if (schema.TryGetProperty("type", out var type) && !Texts(type).Any(name => IsA(value, name)))
            errors.Add($"{at} is {value.ValueKind}, not {type}");
        if (schema.TryGetProperty("enum", out var values) && !values.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)))
            errors.Add($"{at} is {value}, none of {values}");
        if (schema.TryGetProperty("const", out var only) && !JsonElement.DeepEquals(only, value))
            errors.Add($"{at} is {value}, not {only}");
        CheckContent(schema, value, at, errors);
    }

    private void CheckContent(JsonElement schema, JsonElement value, string at, List<string> errors)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(schema, value, at, errors);
                break;
            case JsonValueKind.Array:
                CheckArray(schema, value, at, errors);
                break;
            case JsonValueKind.String:
                CheckText(schema, value.GetString()!, at, errors);
                break;
            case JsonValueKind.Number:
                CheckNumber(schema, value, at, errors);
                break;
        }
    }

    private void CheckObject(JsonElement schema, JsonElement value, string at, List<string> errors)
    {
        foreach (var name in Parts(schema, "required").Select(name => name.GetString()!).Where(name => !value.TryGetProperty(name, out _)))
            errors.Add($"{at}.{name} is missing");
        var members = schema.TryGetProperty("properties", out var properties) ? properties : default;
        foreach (var member in value.EnumerateObject())
        {
            var place = $"{at}.{member.Name}";
            if (members.ValueKind == JsonValueKind.Object && members.TryGetProperty(member.Name, out var own))
                CheckMember(own, member.Value, place, errors);
            else if (schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object)
                CheckMember(others, member.Value, place, errors);
        }
    }

    private void CheckMember(JsonElement schema, JsonElement value, string at, List<string> errors)
    {
        Check(schema, value, at, errors);
        if (value.ValueKind == JsonValueKind.Object)
            CheckClosed([schema], value, at, errors);
    }

    /// <summary>A member must be named somewhere among the schemas that hold together.</summary>
    private void CheckClosed(IReadOnlyList<JsonElement> schemas, JsonElement value, string at, List<string> errors)
    {
        var all = schemas.SelectMany(Together).ToList();
        if (!all.Any(schema => schema.TryGetProperty("properties", out _)) || all.Any(schema => schema.TryGetProperty("additionalProperties", out _)))
            return;

        var named = all.SelectMany(schema => schema.TryGetProperty("properties", out var members) ? members.EnumerateObject().Select(member => member.Name) : []).ToHashSet();
        errors.AddRange(value.EnumerateObject().Where(member => !named.Contains(member.Name)).Select(member => $"{at}.{member.Name} is not in the document"));
    }

    private IEnumerable<JsonElement> Together(JsonElement schema) =>
        Parts(schema, "allOf").Concat(schema.TryGetProperty("$ref", out var reference) ? [Resolve(reference)] : []).SelectMany(Together).Prepend(schema);

    private void CheckArray(JsonElement schema, JsonElement value, string at, List<string> errors)
    {
        if (schema.TryGetProperty("maxItems", out var most) && value.GetArrayLength() > most.GetInt32())
            errors.Add($"{at} has {value.GetArrayLength()} entries");
        if (!schema.TryGetProperty("items", out var items))
            return;
        foreach (var (index, item) in value.EnumerateArray().Index())
            CheckMember(items, item, $"{at}[{index}]", errors);
    }

    private static void CheckText(JsonElement schema, string text, string at, List<string> errors)
    {
        if (schema.TryGetProperty("minLength", out var least) && text.Length < least.GetInt32())
            errors.Add($"{at} is too short");
        if (schema.TryGetProperty("maxLength", out var most) && text.EnumerateRunes().Count() > most.GetInt32())
            errors.Add($"{at} is too long");
        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(text, pattern.GetString()!, RegexOptions.ECMAScript))
            errors.Add($"{at} is '{text}', not {pattern}");
        var fits = !schema.TryGetProperty("format", out var format) || format.GetString() switch
        {
            // Lower-case: contract, section 2.
            "uuid" => Guid.TryParseExact(text, "D", out var id) && text == id.ToString(),
            "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
            var other => throw new NotSupportedException($"{nameof(SchemaCheck)} does not know the format {other}."),
        };
        if (!fits)
            errors.Add($"{at} is '{text}', no {format}");
    }

    private static void CheckNumber(JsonElement schema, JsonElement value, string at, List<string> errors)
    {
        if (schema.TryGetProperty("minimum", out var least) && value.GetDecimal() < least.GetDecimal())
            errors.Add($"{at} is below {least}");
        if (schema.TryGetProperty("maximum", out var most) && value.GetDecimal() > most.GetDecimal())
            errors.Add($"{at} is above {most}");
    }

    private static bool IsA(JsonElement value, string? type) => type switch
    {
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => value.ValueKind.ToString().Equals(type, StringComparison.OrdinalIgnoreCase),
    };

    private static IEnumerable<JsonElement> Parts(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var parts) ? parts.EnumerateArray() : [];

    private static IEnumerable<string?> Texts(JsonElement oneOrMany) =>
        oneOrMany.ValueKind == JsonValueKind.Array ? oneOrMany.EnumerateArray().Select(text => text.GetString()) : [oneOrMany.GetString()];

    private JsonElement Resolve(JsonElement reference) => ApiDocument.Resolve(document, reference.GetString()!);
}
