using System.Buffers;
using System.Globalization;

namespace SdkChat.Api.Http.Binding;

/// <summary>
/// Parses ids and numbers in their only accepted form. The parsers of .NET accept more: <c>Guid</c> takes blanks, <c>+</c> and <c>0x</c>
/// inside a UUID and reads some of them as another id; <c>int</c> takes a plus sign and trailing NULs. Values with several forms could
/// bypass comparisons of their text.
/// </summary>
internal static class ScalarText
{
    public const int UuidLength = 36;
    private const int MaxDigits = 10;

    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>32 hexadecimal digits, of either case, in groups of 8, 4, 4, 4 and 12.</summary>
    public static bool TryParseUuid(ReadOnlySpan<char> text, out Guid id)
    {
        id = default;
        return text.Length == UuidLength
            && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-'
            && IsHexadecimal(text[..8]) && IsHexadecimal(text[9..13]) && IsHexadecimal(text[14..18]) && IsHexadecimal(text[19..23])
            && IsHexadecimal(text[24..])
            && Guid.TryParseExact(text, "D", out id);
    }

    /// <summary>
    /// Accepts at most ten ASCII digits, optionally after a minus sign, so that a negative number is reported as out of range.
    /// </summary>
    public static bool TryParseNumber(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        var digits = text.StartsWith("-") ? text[1..] : text;
        return digits.Length is > 0 and <= MaxDigits
            && !digits.ContainsAnyExceptInRange('0', '9')
            && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
            && (digits.Length == text.Length || number < 0);
    }

    private static bool IsHexadecimal(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Hexadecimal);
}
