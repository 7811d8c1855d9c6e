using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;

namespace SdkChat.TestSupport.Documents;

/// <summary>
/// Checks JSON against the schemas of OpenAPI 3.1 (JSON Schema 2020-12), as far as the document uses them; a keyword that is
/// not known here is an error, never a pass. Objects are closed: a member that no schema names is one too many, although
/// the document leaves room for it to come.
/// </summary>
public sealed class SchemaCheck(JsonElement document)
{
    private readonly ConcurrentDictionary<string, Schema> _named = new();

    /// <returns>What is wrong, each with its place; nothing where the value fits.</returns>
    public IReadOnlyList<string> Errors(JsonElement schema, JsonElement value) => Errors(new Schema(schema, Resolve), value);

    private static List<string> Errors(Schema schema, JsonElement value)
    {
        var errors = new List<string>();
        CheckMember(schema, value, "$", errors);
        return errors;
    }

    private static void Check(Schema schema, JsonElement value, string at, List<string> errors)
    {
        if (schema.Unknown.Count > 0)
            throw new NotSupportedException($"{nameof(SchemaCheck)} does not know {string.Join(", ", schema.Unknown)} at {at}.");

        // Values of others' making may hold what no text can, such as half a surrogate pair: they are not looked into.
        if (schema.TakesAnything)
            return;
        if (schema.Reference is { } reference)
            Check(reference, value, at, errors);
        foreach (var part in schema.AllOf)
            Check(part, value, at, errors);
        if (schema.OneOf is { } ways && ways.Count(way => Errors(way, value).Count == 0) != 1)
            errors.Add($"{at} fits not exactly one of its schemas: {value}");
        if (schema.Type is { } type && !schema.TypeNames.Any(name => IsA(value, name)))
            errors.Add($"{at} is {value.ValueKind}, not {type}");
        if (schema.Enum is { } values && !values.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value)))
            errors.Add($"{at} is {value}, none of {values}");
        if (schema.Const is { } only && !JsonElement.DeepEquals(only, value))
            errors.Add($"{at} is {value}, not {only}");
        CheckContent(schema, value, at, errors);
    }

    private static void CheckContent(Schema schema, JsonElement value, string at, List<string> errors)
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

    private static void CheckObject(Schema schema, JsonElement value, string at, List<string> errors)
    {
        foreach (var name in schema.Required.Where(name => !value.TryGetProperty(name, out _)))
            errors.Add($"{at}.{name} is missing");
        foreach (var member in value.EnumerateObject())
        {
            if ((schema.Properties?.GetValueOrDefault(member.Name) ?? schema.AdditionalProperties) is { } own)
                CheckMember(own, member.Value, $"{at}.{member.Name}", errors);
        }
    }

    private static void CheckMember(Schema schema, JsonElement value, string at, List<string> errors)
    {
        Check(schema, value, at, errors);
        if (value.ValueKind != JsonValueKind.Object || schema.ClosedMembers is not { } named)
            return;
        foreach (var member in value.EnumerateObject().Where(member => !named.Contains(member.Name)))
            errors.Add($"{at}.{member.Name} is not in the document");
    }

    private static void CheckArray(Schema schema, JsonElement value, string at, List<string> errors)
    {
        if (value.GetArrayLength() > schema.MaxItems)
            errors.Add($"{at} has {value.GetArrayLength()} entries");
        if (schema.Items is not { } items)
            return;
        foreach (var (index, item) in value.EnumerateArray().Index())
            CheckMember(items, item, $"{at}[{index}]", errors);
    }

    private static void CheckText(Schema schema, string text, string at, List<string> errors)
    {
        if (text.Length < schema.MinLength)
            errors.Add($"{at} is too short");
        if (schema.MaxLength is { } most && text.EnumerateRunes().Count() > most)
            errors.Add($"{at} is too long");
        if (schema.Pattern is { } pattern && !pattern.IsMatch(text))
            errors.Add($"{at} is '{text}', not {pattern}");
        var fits = schema.Format switch
        {
            null => true,
            // Lower-case: contract, section 2.
            "uuid" => Guid.TryParseExact(text, "D", out var id) && text == id.ToString(),
            "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
            var other => throw new NotSupportedException($"{nameof(SchemaCheck)} does not know the format {other}."),
        };
        if (!fits)
            errors.Add($"{at} is '{text}', no {schema.Format}");
    }

    private static void CheckNumber(Schema schema, JsonElement value, string at, List<string> errors)
    {
        if (schema.Minimum is { } least && value.GetDecimal() < least)
            errors.Add($"{at} is below {least}");
        if (schema.Maximum is { } most && value.GetDecimal() > most)
            errors.Add($"{at} is above {most}");
    }

    private static bool IsA(JsonElement value, string? type) => type switch
    {
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => value.ValueKind.ToString().Equals(type, StringComparison.OrdinalIgnoreCase),
    };

    private Schema Resolve(string reference) =>
        _named.GetOrAdd(reference, name => new Schema(ApiDocument.Resolve(document, name), Resolve));
}
