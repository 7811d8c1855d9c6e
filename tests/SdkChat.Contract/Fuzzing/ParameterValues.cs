using System.Globalization;
using System.Text.Json;

namespace SdkChat.Contract.Fuzzing;

/// <summary>Makes values for a parameter from its schema.</summary>
internal sealed class ParameterValues(KnownIds ids, Random random)
{
    private static readonly ValueKind[] Mutations =
    [
        ValueKind.Boundary, ValueKind.Wrong, ValueKind.Wrong, ValueKind.Hostile, ValueKind.Hostile, ValueKind.Huge, ValueKind.Duplicate,
        ValueKind.Missing,
    ];

    public ValueKind Mutation() => Mutations[random.Next(Mutations.Length)];

    /// <param name="isForWrite">Whether the value may name only what this run created.</param>
    public string Create(ApiParameter parameter, ValueKind kind, bool isForWrite) => kind switch
    {
        ValueKind.Boundary => Boundary(parameter.Schema) ?? Valid(parameter, isForWrite),
        ValueKind.Wrong => Wrong(parameter.Schema) ?? Pick(HostileText.All),
        ValueKind.Hostile => Pick(HostileText.All),
        ValueKind.Huge => Pick(HostileText.Huge),
        _ => Valid(parameter, isForWrite),
    };

    /// <summary>Whether the schema excludes the values that <see cref="ValueKind.Wrong"/> gives.</summary>
    public static bool HasWrong(ApiParameter parameter) =>
        Format(parameter.Schema) == "uuid" || Type(parameter.Schema) is "integer" or "boolean"
        || parameter.Schema.TryGetProperty("enum", out _);

    private string Valid(ApiParameter parameter, bool isForWrite)
    {
        if (Format(parameter.Schema) == "uuid" || parameter.Name is "key_prefix" or "cursor")
            return ids.Pick(parameter.Name, isForWrite, random)
                ?? (Format(parameter.Schema) == "uuid" ? Paths.Nobody : "osk_fuzz_00000000");
        return parameter.Example is { } example ? Text(example) : "x";
    }

    private string? Boundary(JsonElement schema)
    {
        if (Number(schema, "minimum") is { } least)
            return (least + random.Next(-1, 2)).ToString(CultureInfo.InvariantCulture);
        if (Number(schema, "maxLength") is { } most)
            return new string('a', (int)most + random.Next(-1, 2));
        return null;
    }

    private string? Wrong(JsonElement schema)
    {
        if (Format(schema) == "uuid")
            return Pick(HostileText.WrongIds);
        if (schema.TryGetProperty("enum", out _))
            return "no_such_value";
        return Type(schema) switch
        {
            "integer" => Pick(HostileText.WrongNumbers),
            "boolean" => Pick(HostileText.WrongBooleans),
            _ => null,
        };
    }

    private string Pick(string[] texts) => texts[random.Next(texts.Length)];

    private static string Text(JsonElement example) =>
        example.ValueKind == JsonValueKind.String ? example.GetString()! : example.GetRawText();

    private static string? Format(JsonElement schema) => schema.TryGetProperty("format", out var format) ? format.GetString() : null;

    private static string? Type(JsonElement schema) =>
        schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;

    private static long? Number(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var limit) && limit.TryGetInt64(out var number) ? number : null;
}
