using System.Globalization;

namespace SdkChat.Api.Http.Binding;

/// <summary>
/// Parses instants: ISO 8601 with an offset, such as <c>2026-04-23T05:28:08Z</c> or <c>2026-04-23T14:28:08.250+09:00</c>. No other form is
/// accepted. The parsers of .NET treat an instant without an offset as local to the server.
/// </summary>
internal static class InstantText
{
    /// <summary>The number of characters of the longest form: seven digits of a second, and an offset in hours and minutes.</summary>
    public const int MaxLength = 33;

    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        instant = default;
        if (text is not { Length: <= MaxLength })
            return false;

        // The format specifier for offsets does not accept Z.
        var numeric = text.EndsWith('Z') ? text[..^1] + "+00:00" : text;
        return DateTimeOffset.TryParseExact(numeric, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out instant);
    }
}
