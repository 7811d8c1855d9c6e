using System.Globalization;
using System.Text;
using FluentValidation;

namespace SdkChat.Application.Chats;

/// <summary>The rules of <see cref="ChatFilter.Query"/>.</summary>
internal static class SearchQuery
{
    /// <summary>
    /// Matches that a page by number may have before it. All of them are read to find the page; the links of a page begin where the page ends.
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

    /// <summary>White space separates words. Storage drops invisible characters from texts and from queries.</summary>
    private static bool IsSearched(Rune rune) =>
        !Rune.IsWhiteSpace(rune)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.Control)
        && rune.Value is not (0x0307 or 0xFE0E or 0xFE0F);
}
