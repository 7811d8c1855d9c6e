using System.Text.RegularExpressions;
using SdkChat.Architecture.Tests.Rules;

namespace SdkChat.Architecture.Tests.RepositoryFiles;

/// <summary>
/// Scripts, style sheets and pages have no line longer than .editorconfig allows: editors show the limit, and no compiler reads these
/// files. A line that nothing can break, such as one address, may be longer.
/// </summary>
public sealed partial class LineLengthOfScriptsTests
{
    /// <summary>Tools write these, and write them again.</summary>
    private static readonly string[] Generated = ["clients/typescript/api/released.d.ts", "clients/typescript/src/schema.ts"];

    private static readonly string[] Patterns = ["*.js", "*.mjs", "*.ts", "*.css", "*.html", "*.sh"];

    private static readonly string[] All = [.. Patterns.SelectMany(Tree.Files), .. Tree.Files("*").Where(IsProgram)];

    [Test]
    public void Lines_StayWithinTheLimit() =>
        All.Except(Generated).SelectMany(path => TooLong(path, File.ReadAllText(Codebase.PathOf(path)))).ToArray().Should().BeEmpty();

    [Test]
    public void All_HasEachKindOfFile()
    {
        All.Should().Contain(
            [.. Generated, "docs/lint/asyncapi.mjs", "deploy/compose/roles.sh", "sdkchat", "tests/run", "tests/precompile", ".ci/run"]);
        All.Where(path => path.StartsWith("src/", StringComparison.Ordinal)).Select(Path.GetExtension)
            .Should().Contain([".js", ".css", ".html"]);
    }

    [Test]
    public void TooLong_DeliberateViolation_IsFoundWithItsLineAndColumns() =>
        TooLong("x.js", $"short\n{new string('a', LineRules.MaxColumns - 2)} b\n{new string('a', LineRules.MaxColumns - 1)} b\n")
            .Should().Equal($"x.js:3: {LineRules.MaxColumns + 1} columns");

    [TestCase("")]
    [TestCase("  // ")]
    [TestCase(" * ")]
    [TestCase("# ")]
    public void TooLong_OneAddressAlone_IsNone(string before) =>
        TooLong("x.js", $"{before}https://example.com/{new string('a', LineRules.MaxColumns)}").Should().BeEmpty();

    private static IEnumerable<string> TooLong(string path, string text) =>
        text.Split('\n').Select((line, index) => (Line: line, Number: index + 1))
            .Where(at => at.Line.Length > LineRules.MaxColumns && !OneWord().IsMatch(at.Line))
            .Select(at => $"{path}:{at.Number}: {at.Line.Length} columns");

    /// <summary>The shell scripts whose names have no extension.</summary>
    private static bool IsProgram(string path) =>
        !Path.GetFileName(path).Contains('.', StringComparison.Ordinal)
        && File.ReadLines(Codebase.PathOf(path)).FirstOrDefault("").StartsWith("#!", StringComparison.Ordinal);

    /// <summary>One word, in a comment or not.</summary>
    [GeneratedRegex(@"^\s*(?:(?://|/?\*+|#)\s+)?\S+$")]
    private static partial Regex OneWord();
}
