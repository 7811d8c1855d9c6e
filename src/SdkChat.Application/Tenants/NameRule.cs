using System.Globalization;
using System.Text;

namespace SdkChat.Application.Tenants;

/// <summary>Validates the display names of tenants and keys: one line without characters that hide or reorder text.</summary>
internal static class NameRule
{
    private const string Allowed =
        "characters on one line, at least one of them visible, without control or bidirectional formatting characters.";

    /// <param name="maxLength">In UTF-16 code units, after trimming.</param>
    public static bool IsValid(string name, int maxLength)
    {
        var trimmed = name.AsSpan().Trim();
        if (trimmed.IsEmpty || trimmed.Length > maxLength)
            return false;

        var isVisible = false;
        foreach (var rune in trimmed.EnumerateRunes())
        {
            // EnumerateRunes returns an unpaired surrogate, which the database cannot store, as U+FFFD.
            if (rune == Rune.ReplacementChar || IsForbidden(rune))
                return false;
            isVisible |= Rune.GetUnicodeCategory(rune)
                is not (UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.NonSpacingMark);
        }

        return isVisible;
    }

    public static string Message(int maxLength) => $"must be 1 to {maxLength} {Allowed}";

    /// <summary>
    /// Characters that break the line or reorder the text around the name. Joiners are allowed: emoji and Persian need them.
    /// </summary>
    private static bool IsForbidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
