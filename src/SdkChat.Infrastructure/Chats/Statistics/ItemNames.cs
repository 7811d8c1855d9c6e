using System.Text.Json;
using System.Text.Unicode;

namespace SdkChat.Infrastructure.Chats.Statistics;

/// <summary>
/// The names of the recommended items of a result, as <c>chat_item_names</c> finds them (migration 0041): here for the chats that
/// statistics read one by one, and there for those that are counted. Items have any shape. Only objects with a text as "name" count.
/// </summary>
internal static class ItemNames
{
    /// <summary>Bytes of a result. One that is longer has no names.</summary>
    private const int MaxBytes = 128 * 1024;

    private const int MaxNames = 100;
    private const int MaxCharacters = 200;

    /// <summary>Pipelines may nest a thousand levels (<c>RunReportParser</c>), which both read.</summary>
    private static readonly JsonReaderOptions Options = new() { MaxDepth = int.MaxValue };

    /// <returns>Each once; none if the result is no array of JSON.</returns>
    public static IReadOnlyCollection<string> Read(ReadOnlySpan<byte> items)
    {
        if (items.Length > MaxBytes || !Utf8.IsValid(items))
            return [];

        var names = new HashSet<string>();
        var reader = new Utf8JsonReader(items, Options);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
                return [];
            while (reader.Read())
            {
                if (reader.TokenType != JsonTokenType.StartObject)
                    reader.Skip();
                else if (NameOf(ref reader) is { Length: > 0 } name && names.Count < MaxNames)
                    names.Add(Cut(name));
            }
        }
        catch (JsonException)
        {
            return [];
        }

        return names;
    }

    /// <summary>Of the object that the reader is at, which it reads to the end. Of several names it is the last.</summary>
    private static string? NameOf(ref Utf8JsonReader reader)
    {
        string? name = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isName = reader.ValueIsEscaped ? TextOf(ref reader) == "name" : reader.ValueTextEquals("name"u8);
            reader.Read();
            if (isName)
                name = reader.TokenType == JsonTokenType.String ? TextOf(ref reader) : null;
            reader.Skip();
        }

        return name;
    }

    /// <summary>Null if PostgreSQL cannot store it, or if it has the character that stands for such a one there.</summary>
    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            var text = reader.GetString()!;
            return text.AsSpan().ContainsAny('\0', '\uFDD0') ? null : text;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            return null;
        }
    }

    /// <summary>Characters are those of PostgreSQL: a surrogate pair is one.</summary>
    private static string Cut(string name)
    {
        var end = 0;
        for (var n = 0; n < MaxCharacters && end < name.Length; n++)
            end += char.IsSurrogatePair(name, end) ? 2 : 1;
        return name[..end];
    }
}
