using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SdkChat.Client.Tests.Documents;

/// <summary>
/// Limits of requests that the last release enforced and its document did not have. Documenting one takes nothing from a caller: the value
/// was refused before. Each entry names the check of the release that had the limit. After the next release the list is empty.
/// </summary>
internal static class UndocumentedLimits
{
    private const string CursorReason = "PageCursor.TryParse refused the empty text, and any longer than the cursor of a row";

    private static readonly (string Schema, string Keyword, string Value, string Reason)[] All =
    [
        (
            "/components/schemas/StartChatRequest/properties/prompt", "pattern", """ "^[^\\u0000]*$" """,
            "StartChatValidator refused U+0000, which PostgreSQL cannot store"),
        ("/paths/~1api~1v1~1admin~1sdk-chat/get/parameters/4/schema", "minLength", "1", CursorReason),
        ("/paths/~1api~1v1~1admin~1sdk-chat/get/parameters/4/schema", "maxLength", "34", CursorReason),
        ("/paths/~1api~1v1~1sdk-chat/get/parameters/3/schema", "minLength", "1", CursorReason),
        ("/paths/~1api~1v1~1sdk-chat/get/parameters/3/schema", "maxLength", "34", CursorReason),
        ("/paths/~1v1~1chat~1{profile_id}~1recommend/get/parameters/3/schema", "minLength", "1", CursorReason),
        ("/paths/~1v1~1chat~1{profile_id}~1recommend/get/parameters/3/schema", "maxLength", "34", CursorReason),
    ];

    /// <returns>The released document as it would have been with its limits.</returns>
    public static JsonElement AddTo(string released)
    {
        var document = JsonNode.Parse(released)!;
        foreach (var (schema, keyword, value, reason) in All)
        {
            var found = At(document, schema).AsObject();
            if (!found.TryAdd(keyword, JsonNode.Parse(value)))
                throw new InvalidOperationException($"The release documents {keyword} of {schema}: remove its entry ({reason}).");
        }

        return JsonSerializer.SerializeToElement(document);
    }

    private static JsonNode At(JsonNode document, string pointer) => pointer.Split('/')[1..]
        .Select(part => part.Replace("~1", "/", StringComparison.Ordinal))
        .Aggregate(document, (at, part) => at is JsonArray list ? list[int.Parse(part, CultureInfo.InvariantCulture)]! : at[part]!);
}
