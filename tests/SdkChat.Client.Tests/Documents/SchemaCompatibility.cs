using System.Globalization;
using System.Text.Json;
using SdkChat.TestSupport.Documents;

namespace SdkChat.Client.Tests.Documents;

/// <summary>Which way a value travels: a client sends requests, and reads responses.</summary>
internal enum Direction
{
    Request,
    Response,
}

/// <summary>
/// What a client that was written against one version of a schema loses with another: members, values of an enumeration, wider types
/// in requests, narrower ones in responses. Additions are no loss.
/// </summary>
internal sealed class SchemaCompatibility(JsonElement released, JsonElement current)
{
    private static readonly string[] Exact = ["pattern", "format", "const", "default", "contentEncoding"];
    private static readonly string[] Lower = ["minLength", "minimum", "minItems", "minProperties", "exclusiveMinimum"];
    private static readonly string[] Upper = ["maxLength", "maximum", "maxItems", "maxProperties", "exclusiveMaximum"];
    private static readonly string[] Branches = ["anyOf", "oneOf", "allOf"];

    private readonly HashSet<(string, string, Direction)> _seen = [];

    public IEnumerable<string> Losses(JsonElement was, JsonElement @is, Direction direction, string where)
    {
        if (Reference(was) is { } reference && !_seen.Add((reference, Reference(@is) ?? where, direction)))
            return [];

        (was, @is) = (Meant(released, was), Meant(current, @is));
        return Types(was, @is, direction, where)
            .Concat(Values(was, @is, where))
            .Concat(Limits(was, @is, direction, where))
            .Concat(Members(was, @is, direction, where))
            .Concat(Inner(was, @is, direction, where));
    }

    public static JsonElement Meant(JsonElement root, JsonElement element) =>
        Reference(element) is { } reference ? ApiDocument.Resolve(root, reference) : element;

    /// <summary>A response may not become null, or anything else that it was not; a request may not lose a type.</summary>
    private static IEnumerable<string> Types(JsonElement was, JsonElement @is, Direction direction, string where)
    {
        var (before, after) = (Strings(was, "type"), Strings(@is, "type"));
        foreach (var type in before.Except(after))
            yield return $"{where} is no longer '{type}'";
        if (direction == Direction.Response || before.Length == 0)
        {
            foreach (var type in after.Except(before))
                yield return $"{where} is now '{type}' as well";
        }
    }

    private static IEnumerable<string> Values(JsonElement was, JsonElement @is, string where)
    {
        if (!was.TryGetProperty("enum", out _))
            return @is.TryGetProperty("enum", out _) ? [$"{where} is now limited to certain values"] : [];

        return @is.TryGetProperty("enum", out _)
            ? Strings(was, "enum").Except(Strings(@is, "enum")).Select(value => $"{where} has lost the value '{value}'")
            : [$"{where} is no longer an enumeration"];
    }

    /// <summary>Requests may not be limited further, responses may not exceed what they kept to.</summary>
    private static IEnumerable<string> Limits(JsonElement was, JsonElement @is, Direction direction, string where)
    {
        foreach (var name in Exact.Where(name => Text(was, name) != Text(@is, name)))
            yield return $"{where} has another {name}";
        foreach (var name in Lower.Concat(Upper))
        {
            var (before, after) = (Limit(was, name), Limit(@is, name));
            if (before != after && IsNarrower(name, before, after) == (direction == Direction.Request))
                yield return $"{where} has another {name}";
        }
    }

    private IEnumerable<string> Members(JsonElement was, JsonElement @is, Direction direction, string where)
    {
        foreach (var member in Properties(was))
        {
            if (!@is.TryGetProperty("properties", out var after) || !after.TryGetProperty(member.Name, out var now))
                yield return $"{where}.{member.Name} is gone";
            else
            {
                foreach (var loss in Losses(member.Value, now, direction, $"{where}.{member.Name}"))
                    yield return loss;
            }
        }

        var (before, later) = (Strings(was, "required"), Strings(@is, "required"));
        foreach (var member in direction == Direction.Request ? later.Except(before) : before.Except(later))
            yield return direction == Direction.Request ? $"{where}.{member} is now required" : $"{where}.{member} may now be missing";
    }

    private IEnumerable<string> Inner(JsonElement was, JsonElement @is, Direction direction, string where)
    {
        if (was.TryGetProperty("items", out var before))
        {
            foreach (var loss
                in @is.TryGetProperty("items", out var after) ? Losses(before, after, direction, $"{where}[]") : [$"{where}[] is gone"])
                yield return loss;
        }

        foreach (var branches in Branches.Where(branches => was.TryGetProperty(branches, out _)))
        {
            var (old, now) = (was.GetProperty(branches), @is.TryGetProperty(branches, out var found) ? found : default);
            for (var index = 0; index < old.GetArrayLength(); index++)
            {
                if (now.ValueKind != JsonValueKind.Array || index >= now.GetArrayLength())
                    yield return $"{where} has lost a branch of {branches}";
                else
                {
                    foreach (var loss in Losses(old[index], now[index], direction, $"{where}<{branches} {index}>"))
                        yield return loss;
                }
            }
        }
    }

    private static bool IsNarrower(string name, decimal? before, decimal? after) =>
        after is not null && (before is null || (Lower.Contains(name) ? after > before : after < before));

    private static string? Reference(JsonElement element) =>
        element.TryGetProperty("$ref", out var reference) ? reference.GetString() : null;

    private static IEnumerable<JsonProperty> Properties(JsonElement schema) =>
        schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject() : [];

    private static string[] Strings(JsonElement schema, string name) =>
        !schema.TryGetProperty(name, out var value) ? []
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => item.ToString())]
        : [value.ToString()];

    private static string? Text(JsonElement schema, string name) => schema.TryGetProperty(name, out var value) ? value.GetRawText() : null;

    private static decimal? Limit(JsonElement schema, string name) =>
        Text(schema, name) is { } text ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : null;
}
