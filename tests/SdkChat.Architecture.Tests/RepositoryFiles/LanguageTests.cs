using System.Text.RegularExpressions;

namespace SdkChat.Architecture.Tests.RepositoryFiles;

/// <summary>
/// The documentation and the comments of the sources use the terms of the glossary and none of the words that they replaced. Code in
/// backquotes and in tags is not checked.
/// </summary>
public sealed partial class LanguageTests
{
    /// <summary>It quotes the contract.</summary>
    private const string Quotes = "docs/contract-rules.md";

    private static IEnumerable<string> Pages => Tree.Pages.Select(page => page.Path).Where(path => path != Quotes);

    [TestCaseSource(nameof(Pages))]
    public void Page_UsesNoRetiredWord(string path) => Hits(path, File.ReadAllText(Codebase.PathOf(path))).Should().BeEmpty();

    [TestCase("src")]
    [TestCase("tools")]
    public void Comments_UseNoRetiredWord(string folder) =>
        Codebase.Sources(folder).SelectMany(source => Hits(source.Path, CommentsOf(source.Text))).Should().BeEmpty();

    [Test]
    public void CommentsOf_DeliberateViolation_KeepTheirLines() =>
        Hits("x.cs", CommentsOf(
            """
            Nobody("https://example.com/nobody");
            /// <summary>Nobody reads <see cref="Nobody"/> or <c>nobody</c>.</summary>
            Read(); // Reads anew.
              -- Whoever updates it.
            """)).Should().Equal("x.cs:2: Nobody", "x.cs:3: anew", "x.cs:4: Whoever");

    [Test]
    public void Hits_DeliberateViolation_AreFoundWithTheirLine() =>
        Hits("x.md", "The relay.\nNobody waits, `Nobody` does.\n").Should().Equal("x.md:2: Nobody");

    private static IEnumerable<string> Hits(string path, string text) =>
        text.Split('\n')
            .SelectMany((line, index) => Retired().Matches(Code().Replace(line, "")).Select(word => $"{path}:{index + 1}: {word.Value}"));

    /// <summary>The comments of a source file, in C# and in SQL, each in its line. All other lines are empty.</summary>
    private static string CommentsOf(string text) =>
        string.Join('\n', text.Split('\n').Select(line => Tag().Replace(Comment().Match(line).Groups["text"].Value, "")));

    [GeneratedRegex(
        @"\b(whoever|nobody|somebody|anew|oftener|vouch\w*|wish(es)?|tally|folder of counts|handover|handed[- ]over|inquir\w+|a "
            + @"reading|readings)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Retired();

    /// <summary>Code, and the targets of links.</summary>
    [GeneratedRegex(@"`[^`]*`|\]\([^)]*\)")]
    private static partial Regex Code();

    [GeneratedRegex(@"(^\s*--|(?<!:)//)(?<text>.*)$")]
    private static partial Regex Comment();

    /// <summary>A tag, and the code in a <c>c</c>.</summary>
    [GeneratedRegex(@"<c>.*?</c>|<[^>]*>")]
    private static partial Regex Tag();
}
