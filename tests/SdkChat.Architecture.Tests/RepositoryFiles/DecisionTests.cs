using System.Text.RegularExpressions;

namespace SdkChat.Architecture.Tests.RepositoryFiles;

/// <summary>Decision records: numbered without gaps, each with a status and a date, all in the index under their titles.</summary>
public sealed partial class DecisionTests
{
    private static readonly SourceFile[] Records = [.. Tree.Pages.Where(page => Number().IsMatch(page.Path))
        .OrderBy(page => page.Path, StringComparer.Ordinal)];

    private static IEnumerable<string> Paths => Records.Select(record => record.Path);

    [TestCaseSource(nameof(Paths))]
    public void Record_BeginsWithTitleStatusAndDate(string path) => IsRecord(File.ReadAllText(Codebase.PathOf(path))).Should().BeTrue();

    [TestCase("# 0035: A title\n\nStatus: accepted, 2026-11-29\n")]
    [TestCase("# 0035 A title\n\nStatus: accepted\n")]
    [TestCase("# 0035 A title\n\n## Context\n")]
    public void IsRecord_DeliberateViolation_IsFound(string text) => IsRecord(text).Should().BeFalse();

    [Test]
    public void Numbers_HaveNoGaps() =>
        Records.Select(record => Number().Match(record.Path).Groups[1].Value)
            .Should().Equal(Enumerable.Range(1, Records.Length).Select(number => $"{number:0000}"));

    [Test]
    public void Index_HasEachRecordUnderItsTitle()
    {
        var rows = File.ReadLines(Codebase.PathOf("docs/decisions/README.md"))
            .Where(line => line.StartsWith("| [", StringComparison.Ordinal));

        rows.Select(row => row.Replace(" (superseded) |", " |", StringComparison.Ordinal)).Should().Equal(Records.Select(Row));
    }

    private static string Row(SourceFile record)
    {
        var title = Title().Match(record.Text);
        return $"| [{title.Groups[1].Value}]({Path.GetFileName(record.Path)}) | {title.Groups[2].Value} |";
    }

    private static bool IsRecord(string text) => Title().IsMatch(text);

    [GeneratedRegex(@"^docs/decisions/(\d{4})-[a-z0-9-]+\.md$")]
    private static partial Regex Number();

    [GeneratedRegex(@"\A# (\d{4}) (.+)\n\nStatus: (?:accepted|superseded by \[\d{4}\]\([^)]+\)), \d{4}-\d{2}-\d{2}\b")]
    private static partial Regex Title();
}
