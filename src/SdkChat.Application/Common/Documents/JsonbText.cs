using System.Text.Json;

namespace SdkChat.Application.Common.Documents;

/// <summary>
/// Computes the length of the text that PostgreSQL's <c>jsonb</c> writes for a JSON value, and whether <c>jsonb</c> can hold the value. A
/// number of eight bytes may stand for 131,072 digits, and the database logs a refused document with its contents: so both are decided
/// before a statement is sent.
/// </summary>
public static class JsonbText
{
    /// <summary>The length of the white space that jsonb writes after a comma and after a colon.</summary>
    private const int Separator = 2;

    /// <param name="json">One well-formed JSON value in UTF-8, without duplicate members.</param>
    /// <param name="isStorable">Whether jsonb can hold it.</param>
    /// <returns>
    /// Bytes of the text in UTF-8. If jsonb cannot hold the value, numbers count as written out and strings as they were sent.
    /// </returns>
    public static long Length(ReadOnlySpan<byte> json, out bool isStorable)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var length = 0L;
        var previous = JsonTokenType.None;
        isStorable = true;
        while (reader.Read())
        {
            length += Token(ref reader, ref isStorable) + (IsFollower(previous, reader.TokenType) ? Separator : 0);
            previous = reader.TokenType;
        }

        return length;
    }

    /// <summary>
    /// Whether a comma precedes a token. None precedes the first token of a container, its end, or the value of a member.
    /// </summary>
    private static bool IsFollower(JsonTokenType previous, JsonTokenType token) =>
        token is not (JsonTokenType.EndObject or JsonTokenType.EndArray)
        && previous is not (JsonTokenType.None or JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.PropertyName);

    private static long Token(ref Utf8JsonReader reader, ref bool isStorable) => reader.TokenType switch
    {
        JsonTokenType.PropertyName => JsonbString.Length(reader.ValueSpan, ref isStorable) + Separator,
        JsonTokenType.String => JsonbString.Length(reader.ValueSpan, ref isStorable),
        JsonTokenType.Number => JsonbNumber.Length(reader.ValueSpan, ref isStorable),
        JsonTokenType.True or JsonTokenType.Null => 4,
        JsonTokenType.False => 5,
        _ => 1,
    };
}
