using System.Data.Common;
using System.Text;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// Reads texts that repeat from row to row, such as a status or a locale: equal ones are the same string. A string for each of them would
/// be a tenth of what a page of chats allocates. Use it for one statement, whose rows are read one after the other.
/// </summary>
internal sealed class ShortTexts
{
    /// <summary>In bytes, and so in characters: a character of UTF-8 has at least one byte.</summary>
    private const int MaxLength = 16;

    /// <summary>
    /// One string for each hash value modulo the length, the newest. Concurrent readers may replace each other's: a string is compared
    /// before it is used.
    /// </summary>
    private static readonly string?[] Known = new string?[512];

    /// <summary>One more byte than a short text has.</summary>
    private readonly byte[] _bytes = new byte[MaxLength + 1];

    /// <param name="row">Must not be read sequentially.</param>
    /// <param name="column">A column of type text.</param>
    /// <returns>Null for null.</returns>
    public string? Read(DbDataReader row, int column)
    {
        if (row.IsDBNull(column))
            return null;
        var length = (int)row.GetBytes(column, 0, _bytes, 0, _bytes.Length);
        if (length > MaxLength)
            return row.GetString(column);

        Span<char> text = stackalloc char[MaxLength];
        return Get(text[..Encoding.UTF8.GetChars(_bytes.AsSpan(0, length), text)]);
    }

    private static string Get(ReadOnlySpan<char> text)
    {
        ref var known = ref Known[(uint)string.GetHashCode(text) % (uint)Known.Length];
        return known is { } found && text.SequenceEqual(found) ? found : known = text.ToString();
    }
}
