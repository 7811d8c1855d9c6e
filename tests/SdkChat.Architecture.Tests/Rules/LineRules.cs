using System.Text.RegularExpressions;
using Match = System.Text.RegularExpressions.Match;

namespace SdkChat.Architecture.Tests.Rules;

/// <summary>How long a line may be, and which of C# are longer.</summary>
internal static partial class LineRules
{
    /// <summary>The <c>max_line_length</c> of <c>.editorconfig</c>.</summary>
    public const int MaxColumns = 140;

    /// <summary>
    /// Lines that are too long and could be broken. The inner lines of a raw string literal are data, and a line that is one literal or one
    /// address has no place for a break.
    /// </summary>
    public static IEnumerable<string> TooLong(IEnumerable<SourceFile> files) =>
        from file in files
        from line in TooLong(file.Text)
        select $"{file.Path}:{line.Number}: {line.Columns} columns";

    private static IEnumerable<(int Number, int Columns)> TooLong(string text)
    {
        if (!text.Split('\n').Any(line => Columns(line) > MaxColumns))
            yield break;

        var literals = Token().Matches(text).Where(token => !token.Value.StartsWith('/')).ToList();
        var start = 0;
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            var (first, end) = (start, start + line.Length);
            (start, number) = (end + 1, number + 1);
            if (Columns(line) > MaxColumns
                && !literals.Any(literal => literal.Index < first && literal.Index + literal.Length > end)
                && !LoneWord().IsMatch(line) && !LoneLiteral().IsMatch(WithoutLiterals(text, first, end, literals)))
                yield return (number, Columns(line));
        }
    }

    /// <summary>The line with <c>""</c> for each literal that begins in it.</summary>
    private static string WithoutLiterals(string text, int first, int end, IReadOnlyList<Match> literals)
    {
        var rest = text[first..end];
        foreach (var literal in literals.Where(literal => literal.Index >= first && literal.Index + literal.Length <= end).Reverse())
            rest = rest.Remove(literal.Index - first, literal.Length).Insert(literal.Index - first, "\"\"");
        return rest;
    }

    private static int Columns(string line) => line.EnumerateRunes().Count();

    /// <summary>A comment or a literal of text. An interpolated one may have literals without braces in its holes.</summary>
    [GeneratedRegex(
        """
        //[^\n]*|/\*.*?\*/|\$*(?<raw>"{3,}).*?\k<raw>(?!")|(@\$?|\$@)"([^"]|"")*"
        |\$"(\\.|\{\{|\{(\$?"[^"]*"|[^{}"]|\{[^{}]*\})*\}|[^\\"{])*"|"(\\.|[^\\"\n])*"|'(\\.|[^\\'\n])+'
        """, RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Token();

    [GeneratedRegex("""^\s*([+?:]|return)?\s*""[\])};,]*$""")]
    private static partial Regex LoneLiteral();

    [GeneratedRegex(@"^\s*//+\s*\S+$")]
    private static partial Regex LoneWord();
}
