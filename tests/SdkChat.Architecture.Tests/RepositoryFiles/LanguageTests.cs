using System.Text.RegularExpressions;

namespace SdkChat.Architecture.Tests.RepositoryFiles;

/// <summary>The documentation uses the terms of the glossary and none of the words that they replaced. Code in backquotes is not looked at.</summary>
public sealed partial class LanguageTests
{
    /// <summary>It quotes the contract.</summary>
    private const string Quotes = "docs/contract-rules.md";

    private static IEnumerable<string> Pages => Tree.Pages.Select(page => page.Path).Where(path => path != Quotes);

    [TestCaseSource(nameof(Pages))]
    public void Page_UsesNoRetiredWord(string path) => Hits(path, File.ReadAllText(House.PathOf(path))).Should().BeEmpty();

    [Test]
    public void Hits_DeliberateViolation_AreFoundWithTheirLine() =>
        Hits("x.md", "The relay.\nNobody waits, `Nobody` does.\n").Should().Equal("x.md:2: Nobody");

    private static IEnumerable<string> Hits(string path, string text) =>
        text.Split('\n').SelectMany((line, index) => Retired().Matches(Code().Replace(line, "")).Select(word => $"{path}:{index + 1}: {word.Value}"));

    [GeneratedRegex(@"\b(whoever|nobody|somebody|anew|oftener|vouch\w*|wish(es)?|tally|folder of counts|handover|handed[- ]over|inquir\w+|a reading|readings)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Retired();

    /// <summary>Code, and the targets of links.</summary>
    [GeneratedRegex(@"`[^`]*`|\]\([^)]*\)")]
    private static partial Regex Code();
}
