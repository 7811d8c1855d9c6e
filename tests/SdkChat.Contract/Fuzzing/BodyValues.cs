using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SdkChat.Contract.Fuzzing;

/// <summary>Makes bodies for an operation from its example.</summary>
internal sealed class BodyValues(KnownIds ids, Random random)
{
    private const int Limit = 64 * 1024;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Members =
    [
        "null", "0", "-1", "1.5", "1e400", "1E-400", "-0", "12345678901234567890123", "2147483648", "true", "[]", "{}", "[null]",
        "{\"a\":{}}", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"",
        "\"a\\nb\"", "[[[[[[[[]]]]]]]]", "{\"\":1}", "{\"a\":1,\"a\":2}", "1.0E2", "1e131071",
    ];

    private static readonly string[] Broken =
    [
        "", " ", "null", "[]", "1", "\"x\"", "{", "}", "{}x", "{}{}", "{\"a\":}", "{\"a\":1,}", "{'a':1}", "{a:1}", "// x\n{}",
        "{\"a\":01}", "{\"a\":NaN}", "{\"a\":\"\t\"}", "{\"a\":\"\\x\"}", "{\"a\":1,\"a\":1}",
        "{\"\\u0000\":1}", "{\"\\ud800\":1}", "<a/>", "a=b",
    ];

    /// <summary>A body as the document says.</summary>
    public byte[] Valid(ApiOperation operation) => Encode(Example(operation));

    /// <summary>A body that differs in one way.</summary>
    public byte[] Mutated(ApiOperation operation) => random.Next(10) switch
    {
        < 6 => WithMember(Example(operation)),
        6 => Text(Broken),
        7 => Bytes(),
        8 => Deep(random.Next(1, 2000)),
        _ => Padded(Encode(Example(operation)), Limit + random.Next(-1, 2)),
    };

    private JsonObject Example(ApiOperation operation)
    {
        var body = operation.BodyExample is { ValueKind: JsonValueKind.Object } example ? JsonObject.Create(example)! : [];
        foreach (var (name, _) in body.Where(member => member.Key.EndsWith("_id", StringComparison.Ordinal)).ToArray())
            body[name] = ids.Pick(name, isForWrite: true, random) ?? Paths.Nobody;
        // Codes, subjects and names of the document's examples may be somebody's.
        if (body.ContainsKey("code"))
            body["code"] = $"fuzz-{Convert.ToHexStringLower(BitConverter.GetBytes(random.NextInt64()))}";
        return body;
    }

    private byte[] WithMember(JsonObject body)
    {
        var name = body.Count == 0 || random.Next(6) == 0 ? "other" : body.ElementAt(random.Next(body.Count)).Key;
        var raw = random.Next(3) switch
        {
            0 => Members[random.Next(Members.Length)],
            1 => JsonSerializer.Serialize(HostileText.All[random.Next(HostileText.All.Length)], Plain),
            _ => JsonSerializer.Serialize(HostileText.Huge[random.Next(HostileText.Huge.Length)], Plain),
        };
        var written = body.Where(member => member.Key != name || random.Next(8) == 0)
            .Select(member => $"{JsonSerializer.Serialize(member.Key)}:{member.Value?.ToJsonString(Plain) ?? "null"}");
        // Every tenth time it is left out.
        return Encoding.UTF8.GetBytes(
            $"{{{string.Join(',', random.Next(10) == 0 ? written : written.Append($"{JsonSerializer.Serialize(name)}:{raw}"))}}}");
    }

    private byte[] Text(string[] texts) => Encoding.UTF8.GetBytes(texts[random.Next(texts.Length)]);

    private byte[] Bytes() => random.Next(5) switch
    {
        0 => [0xef, 0xbb, 0xbf, .. "{}"u8],
        1 => [.. "{\"prompt\":\""u8, 0xff, 0xfe, .. "\"}"u8],
        2 => [.. "{\"name\":\""u8, 0xed, 0xa0, 0x80, .. "\"}"u8],
        3 => Encoding.Unicode.GetBytes("{\"prompt\":\"x\"}"),
        _ => [0x1f, 0x8b, 0x08, 0, 0, 0],
    };

    private static byte[] Deep(int levels) => Encoding.UTF8.GetBytes($"{{\"meta\":{new string('[', levels)}{new string(']', levels)}}}");

    private static byte[] Padded(byte[] body, int length) => [.. body, .. Enumerable.Repeat((byte)' ', Math.Max(0, length - body.Length))];

    private static byte[] Encode(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString(Plain));
}
