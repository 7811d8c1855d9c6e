using System.Text.Json;
using System.Text.RegularExpressions;

namespace SdkChat.TestSupport.Documents;

/// <summary>
/// The keywords of one schema, read once: a page of a hundred chats is checked against the same schema a hundred times, and tests get
/// thousands of answers.
/// </summary>
internal sealed class Schema
{
    private static readonly HashSet<string> Known =
    [
        "$ref", "allOf", "oneOf", "type", "enum", "const", "required", "properties", "additionalProperties", "items", "minimum", "maximum",
        "minLength", "maxLength", "maxItems", "pattern", "format", "description", "default", "example", "examples", "title", "$schema",
    ];

    private readonly Func<string, Schema> _resolve;
    private readonly string? _reference;
    private readonly bool _isOpen;
    private readonly Lazy<IReadOnlySet<string>?> _closedMembers;

    /// <param name="resolve">Finds the schema that a reference names; called when it is needed first.</param>
    public Schema(JsonElement json, Func<string, Schema> resolve)
    {
        _resolve = resolve;
        var keywords = json.EnumerateObject().ToDictionary(keyword => keyword.Name, keyword => keyword.Value);
        JsonElement? Value(string keyword) => keywords.TryGetValue(keyword, out var found) ? found : null;
        Schema? One(string keyword) => Value(keyword) is { ValueKind: JsonValueKind.Object } found ? new Schema(found, resolve) : null;
        Schema[]? Several(string keyword) => Value(keyword)?.EnumerateArray().Select(one => new Schema(one, resolve)).ToArray();

        Unknown = [.. keywords.Keys.Where(keyword => !Known.Contains(keyword))];
        TakesAnything = keywords.Keys.All(keyword => keyword is "description" or "example");
        _reference = Value("$ref")?.GetString();
        AllOf = Several("allOf") ?? [];
        OneOf = Several("oneOf");
        Type = Value("type");
        TypeNames = Type switch
        {
            null => [],
            { ValueKind: JsonValueKind.Array } several => [.. several.EnumerateArray().Select(name => name.GetString())],
            { } one => [one.GetString()],
        };
        Enum = Value("enum");
        Const = Value("const");
        Required = [.. Value("required")?.EnumerateArray().Select(name => name.GetString()!) ?? []];
        Properties = Value("properties")?.EnumerateObject()
            .ToDictionary(member => member.Name, member => new Schema(member.Value, resolve));
        AdditionalProperties = One("additionalProperties");
        _isOpen = keywords.ContainsKey("additionalProperties");
        Items = One("items");
        (Minimum, Maximum) = (Value("minimum")?.GetDecimal(), Value("maximum")?.GetDecimal());
        (MinLength, MaxLength, MaxItems) = (Value("minLength")?.GetInt32(), Value("maxLength")?.GetInt32(), Value("maxItems")?.GetInt32());
        Pattern = Value("pattern") is { } pattern ? new Regex(pattern.GetString()!, RegexOptions.ECMAScript) : null;
        Format = Value("format")?.GetString();
        _closedMembers = new Lazy<IReadOnlySet<string>?>(FindClosedMembers);
    }

    /// <summary>Keywords that no check knows.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>Says nothing of a value.</summary>
    public bool TakesAnything { get; }

    public Schema? Reference => _reference is null ? null : _resolve(_reference);

    public IReadOnlyList<Schema> AllOf { get; }

    public IReadOnlyList<Schema>? OneOf { get; }

    public JsonElement? Type { get; }

    public IReadOnlyList<string?> TypeNames { get; }

    public JsonElement? Enum { get; }

    public JsonElement? Const { get; }

    public IReadOnlyList<string> Required { get; }

    public IReadOnlyDictionary<string, Schema>? Properties { get; }

    public Schema? AdditionalProperties { get; }

    public Schema? Items { get; }

    public decimal? Minimum { get; }

    public decimal? Maximum { get; }

    public int? MinLength { get; }

    public int? MaxLength { get; }

    public int? MaxItems { get; }

    public Regex? Pattern { get; }

    public string? Format { get; }

    /// <summary>The members that an object may have: those named somewhere among the schemas that hold together. Null: any.</summary>
    public IReadOnlySet<string>? ClosedMembers => _closedMembers.Value;

    private IReadOnlySet<string>? FindClosedMembers()
    {
        var all = Together().ToList();
        return all.Exists(schema => schema.Properties is not null) && !all.Exists(schema => schema._isOpen)
            ? all.SelectMany(schema => schema.Properties?.Keys ?? []).ToHashSet()
            : null;
    }

    private IEnumerable<Schema> Together() =>
        AllOf.Concat(Reference is { } reference ? [reference] : []).SelectMany(schema => schema.Together()).Prepend(this);
}
