using System.Globalization;
using SdkChat.Application.Profiles;

namespace SdkChat.Infrastructure.Profiles;

/// <summary>Makes a summary of what SQL extracted; see <see cref="Columns"/> for which document members count.</summary>
internal static class ProfileSummaryReader
{
    /// <summary>
    /// The members of the profile <c>p</c> that a summary shows, as text, or null where a member is missing or not of a
    /// fitting type. Types are checked before values are taken, so no document can make the statement fail; only an
    /// age of a sane length is passed on.
    /// </summary>
    public const string Columns =
        $"""
        case when jsonb_typeof(p.data -> 'name') = 'string' then p.data ->> 'name' end as name,
        case when jsonb_typeof(p.data -> 'gender') = 'string' then p.data ->> 'gender' end as gender,
        case when jsonb_typeof(p.data -> 'age') in ('number', 'string') and length(p.data ->> 'age') <= 20
             then p.data ->> 'age' end as age,
        {Locale}
        """;

    /// <summary>The last of <see cref="Columns"/> alone.</summary>
    public const string Locale = "case when jsonb_typeof(p.data -> 'locale') = 'string' then p.data ->> 'locale' end as locale";

    public static ProfileSummary Read(string? name, string? gender, string? age, string? locale) =>
        new(name, gender, ReadAge(age), locale);

    /// <summary>Whole numbers alone: 32, "32" and 32.0 are 32; 32.5, "old" and 1e9999 are no age.</summary>
    private static int? ReadAge(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number == decimal.Truncate(number)
        && number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : null;
}
