using System.Globalization;
using System.Text;

namespace SdkChat.Application.Tenants;

/// <summary>Which names people may give to tenants and keys: one line that looks like what it is.</summary>
internal static class NameRule
{
    private const string Allowed = "characters on one line, at least one of them visible, without control or bidirectional formatting characters.";

    /// <param name="maxLength">In UTF-16 code units, after trimming.</param>
    public static bool IsValid(string name, int maxLength)
    {
        var trimmed = name.AsSpan().Trim();
        if (trimmed.IsEmpty || trimmed.Length > maxLength)
            return false;

        var isVisible = false;
        foreach (var rune in trimmed.EnumerateRunes())
        {
            // Half a surrogate pair, which the database cannot store, is enumerated as U+FFFD.
            if (rune == Rune.ReplacementChar || IsForbidden(rune))
                return false;
            isVisible |= Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.NonSpacingMark);
        }

        return isVisible;
    }

    public static string Message(int maxLength) => $"must be 1 to {maxLength} {Allowed}";

    /// <summary>Characters that break the line or reorder the text around the name. Joiners, which emoji and Persian need, are allowed.</summary>
    private static bool IsForbidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
