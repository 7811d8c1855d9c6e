using System.Globalization;
using SdkChat.Application.Profiles;

namespace SdkChat.Infrastructure.Profiles;

/// <summary>Creates a summary from the values that SQL extracted; <see cref="Columns"/> has the document members.</summary>
internal static class ProfileSummaryReader
{
    /// <summary>The columns of the profile <c>p</c> in a summary, which migration 0013 extracts from the document.</summary>
    /// <remarks>
    /// Cut at 1,000 characters: a name may be as long as a document, and a page of a hundred chats would repeat it a hundred times.
    /// </remarks>
    public const string Columns =
        $"left(p.summary_name, 1000) as name, left(p.summary_gender, 1000) as gender, p.summary_age as age, {Locale}";

    /// <summary>The last of <see cref="Columns"/>.</summary>
    public const string Locale = "left(p.summary_locale, 1000) as locale";

    public static ProfileSummary Read(string? name, string? gender, string? age, string? locale) =>
        new(name, gender, ReadAge(age), locale);

    /// <summary>Accepts whole numbers only: 32, "32" and 32.0 are 32; 32.5, "old" and 1e9999 are not an age.</summary>
    private static int? ReadAge(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number == decimal.Truncate(number)
        && number is >= int.MinValue and <= int.MaxValue
            ? (int)number
            : null;
}
