using System.Globalization;
using System.Text;
using FluentValidation;

namespace SdkChat.Application.Chats;

/// <summary>The rules for <see cref="ChatFilter.Query"/>.</summary>
internal static class SearchQuery
{
    /// <summary>
    /// The maximum number of matches before a page that is requested by number. All of them are read to find the page; a link continues
    /// from the last row instead.
    /// </summary>
    public const int MaxSkipped = 10_000;

    private const int MaxCharacters = 100;

    public static IRuleBuilderOptions<T, string?> IsSearchQuery<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(query => query is null || query.EnumerateRunes().Count() is >= 1 and <= MaxCharacters)
        .WithMessage("must be 1 to 100 characters.")
        .Must(query => query?.Contains('\0') != true)
        .WithMessage("must not contain U+0000.")
        .Must(query => query is null || query.EnumerateRunes().Any(IsSearched))
        .WithMessage("must contain a character that can be searched: white space and invisible characters are not.");

    /// <summary>White space separates words. Storage removes invisible characters from texts and queries.</summary>
    private static bool IsSearched(Rune rune) =>
        !Rune.IsWhiteSpace(rune)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.Control)
        && rune.Value is not (0x0307 or 0xFE0E or 0xFE0F);
}
