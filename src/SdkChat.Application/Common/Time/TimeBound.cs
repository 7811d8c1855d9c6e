using System.Globalization;
using System.Text.RegularExpressions;

namespace SdkChat.Application.Common.Time;

/// <summary>
/// A bound of a time range as a caller writes it: an instant with its offset, or a date in a time zone that is given separately.
/// </summary>
public readonly partial record struct TimeBound
{
    private static readonly string[] InstantFormats =
    [
        "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz",
    ];

    private readonly DateTimeOffset _instant;
    private readonly DateOnly? _date;

    private TimeBound(DateTimeOffset instant) => _instant = instant;

    private TimeBound(DateOnly date) => _date = date;

    public static bool TryParse(string? text, out TimeBound bound)
    {
        bound = default;
        if (text is null)
            return false;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            bound = new TimeBound(date);
            return true;
        }

        if (!Instant().IsMatch(text)
            || !DateTimeOffset.TryParseExact(
                text.EndsWith('Z') ? text[..^1] + "+00:00" : text, InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.None,
                out var instant))
            return false;

        bound = new TimeBound(instant.ToUniversalTime());
        return true;
    }

    /// <summary>Returns the instant, or the first instant of the date in the time zone.</summary>
    public DateTimeOffset Resolve(TimeZoneName zone) => _date is { } date ? LocalTime.StartOf(date, zone) : _instant;

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})\z", RegexOptions.ECMAScript)]
    private static partial Regex Instant();
}
