using System.Text;

namespace SdkChat.Api.Http;

/// <summary>Text of callers that is logged or stored.</summary>
internal static class PrintableText
{
    /// <summary>Cuts a text, and replaces characters that a log or a database cannot hold.</summary>
    /// <param name="maxLength">In Unicode characters.</param>
    public static string Create(string text, int maxLength) =>
        string.Concat(text.EnumerateRunes().Take(maxLength).Select(rune => Rune.IsControl(rune) ? Rune.ReplacementChar : rune));
}
