using System.Globalization;
using SdkChat.Application.Profiles;

namespace SdkChat.Infrastructure.Profiles;

/// <summary>Makes a summary of what SQL extracted; see <see cref="Columns"/> for which document members count.</summary>
internal static class ProfileSummaryReader
{
    /// <summary>What the profile <c>p</c> shows in a summary, as migration 0013 takes it out of the document.</summary>
    /// <remarks>Cut at 1,000 characters: a name may be as long as a document, and a page of a hundred chats would show it a hundred times.</remarks>
    public const string Columns = $"left(p.summary_name, 1000) as name, left(p.summary_gender, 1000) as gender, p.summary_age as age, {Locale}";

    /// <summary>The last of <see cref="Columns"/> alone.</summary>
    public const string Locale = "left(p.summary_locale, 1000) as locale";

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
