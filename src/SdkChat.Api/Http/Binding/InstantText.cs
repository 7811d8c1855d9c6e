using System.Globalization;
using System.Text.RegularExpressions;

namespace SdkChat.Api.Http.Binding;

/// <summary>
/// The one spelling of instants: ISO 8601 with an offset, such as <c>2026-04-23T05:28:08Z</c> or <c>2026-04-23T14:28:08.250+09:00</c>. The parsers of .NET
/// take an instant without one as local to the server.
/// </summary>
internal static partial class InstantText
{
    public const int MaxLength = 40;

    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        instant = default;
        return text is { Length: <= MaxLength }
            && Shape().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
    }

    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,7})?)?(Z|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
