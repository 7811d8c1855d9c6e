using System.Buffers.Text;

namespace SdkChat.Application.Common.Documents;

/// <summary>Computes the length of a JSON string in <c>jsonb</c>, which writes an escape only where JSON requires one.</summary>
internal static class JsonbString
{
    private const int Quotes = 2;

    /// <summary>The length of <c>\u0001</c>, backslash included.</summary>
    private const int EscapeLength = 6;

    /// <param name="text">The text between the quotes, with its escapes.</param>
    /// <param name="isStorable">Set to false for U+0000 and for an unpaired surrogate, which jsonb refuses.</param>
    public static long Length(ReadOnlySpan<byte> text, ref bool isStorable)
    {
        var length = (long)Quotes;
        for (int escape; (escape = text.IndexOf((byte)'\\')) >= 0;)
        {
            length += escape;
            text = text[escape..];
            var (read, written) = Escape(text, ref isStorable);
            length += written;
            text = text[read..];
        }

        return length + text.Length;
    }

    /// <returns>The number of bytes of the escape at the beginning, and the number of bytes that jsonb writes for it.</returns>
    private static (int Read, int Written) Escape(ReadOnlySpan<byte> text, ref bool isStorable) => text[1] switch
    {
        (byte)'u' => Character(text, ref isStorable),
        (byte)'/' => (2, 1),
        _ => (2, 2),
    };

    private static (int Read, int Written) Character(ReadOnlySpan<byte> text, ref bool isStorable)
    {
        var code = Code(text);
        if (char.IsHighSurrogate(code) && IsLowSurrogate(text[EscapeLength..]))
            return (2 * EscapeLength, 4);

        isStorable &= code != 0 && !char.IsSurrogate(code);
        return (EscapeLength, code switch
        {
            '\b' or '\f' or '\n' or '\r' or '\t' or '"' or '\\' => 2,
            < ' ' => EscapeLength,
            < '\u0080' => 1,
            < '\u0800' => 2,
            _ => 3,
        });
    }

    private static bool IsLowSurrogate(ReadOnlySpan<byte> text) => text.StartsWith("\\u"u8) && char.IsLowSurrogate(Code(text));

    private static char Code(ReadOnlySpan<byte> escape)
    {
        _ = Utf8Parser.TryParse(escape[2..EscapeLength], out ushort code, out _, 'x');
        return (char)code;
    }
}
