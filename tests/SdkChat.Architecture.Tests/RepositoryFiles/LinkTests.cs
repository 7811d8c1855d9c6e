using System.Text.RegularExpressions;

namespace SdkChat.Architecture.Tests.RepositoryFiles;

/// <summary>Links inside the documentation, and the tests and paths that it names.</summary>
public sealed partial class LinkTests
{
    private static IEnumerable<string> Tasks =>
        Tree.Pages.Select(page => page.Path).Where(path => path.StartsWith("docs/operations/", StringComparison.Ordinal));

    private static IEnumerable<string> Pages => Tree.Pages.Select(page => page.Path).Append("CHANGELOG.md");

    [TestCaseSource(nameof(Pages))]
    public void Links_OfAPage_LeadSomewhere(string path) => Broken(path, File.ReadAllText(Codebase.PathOf(path))).Should().BeEmpty();

    [TestCase("[x](missing.md)")]
    [TestCase("[x](README.md#no-such-heading)")]
    [TestCase("![x](docs/images/missing.png)")]
    public void Broken_DeliberateViolation_IsFound(string text) => Broken("X.md", text).Should().NotBeEmpty();

    /// <summary><c>--filter Name~X</c> runs something, and <c>dotnet test PATH</c> has a project.</summary>
    [Test]
    public void Tests_ThatTheDocsName_Exist()
    {
        var tests = string.Concat(Codebase.Sources("tests").Select(file => file.Text));
        var named = Tree.Pages.SelectMany(page => Filter().Matches(page.Text)).Select(match => match.Groups[1].Value.Split('.')).ToArray();
        var projects = Tree.Pages.SelectMany(page => Project().Matches(page.Text)).Select(match => match.Groups[1].Value).ToArray();

        named.Should().NotBeEmpty().And.OnlyContain(words => words.All(word => tests.Contains(word, StringComparison.Ordinal)));
        projects.Should().NotBeEmpty().And.OnlyContain(project => Path.Exists(Codebase.PathOf(project)));
    }

    /// <summary>docs/README.md leads to every page of the documentation.</summary>
    [Test]
    public void Index_OfTheDocs_NamesEveryPage()
    {
        var index = File.ReadAllText(Codebase.PathOf("docs/README.md"));

        Directory.GetFiles(Codebase.PathOf("docs"), "*.md").Concat(Directory.GetFiles(Codebase.PathOf("docs/operations"), "*.md"))
            .Select(path => Path.GetRelativePath(Codebase.PathOf("docs"), path))
            .Where(name => name != "README.md" && !index.Contains($"({name})", StringComparison.Ordinal)).Should().BeEmpty();
    }

    /// <summary>A page of a task begins with its answer: steps, a list or a table within the first ten lines.</summary>
    [TestCaseSource(nameof(Tasks))]
    public void Page_OfATask_AnswersInItsFirstTenLines(string path) => Answers(File.ReadAllText(Codebase.PathOf(path))).Should().BeTrue();

    [Test]
    public void Answers_DeliberateViolation_IsFound() =>
        Answers($"# Title\n{string.Concat(Enumerable.Repeat("Prose.\n", 9))}- the answer\n").Should().BeFalse();

    private static bool Answers(string page) => page.Split('\n').Take(10).Any(line => Start().IsMatch(line));

    private static IEnumerable<string> Broken(string page, string text) =>
        Link().Matches(Fence().Replace(text, "")).Select(match => match.Groups[1].Value)
            .Where(link => !link.Contains("://", StringComparison.Ordinal) && !Leads(page, link));

    private static bool Leads(string page, string link)
    {
        var parts = link.Split('#', 2);
        var target = parts[0].Length == 0
            ? Codebase.PathOf(page)
            : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Codebase.PathOf(page))!, parts[0]));
        return parts.Length == 1 ? Path.Exists(target) : File.Exists(target) && Headings(File.ReadAllText(target)).Contains(parts[1]);
    }

    /// <summary>As GitHub names them: lower case, hyphens for blanks, no punctuation.</summary>
    private static HashSet<string> Headings(string page) =>
    [.. Heading().Matches(Fence().Replace(page, ""))
        .Select(match => Punctuation().Replace(match.Groups[1].Value.Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^(- |1\. |\| )")]
    private static partial Regex Start();

    [GeneratedRegex(@"(?ms)^```.*?^```")]
    private static partial Regex Fence();

    [GeneratedRegex(@"(?m)^#+ (.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex Punctuation();

    [GeneratedRegex(@"--filter (?:FullyQualifiedName|Name)~([\w.]+)")]
    private static partial Regex Filter();

    [GeneratedRegex(@"dotnet (?:test|build|publish|restore) ([\w./]+)")]
    private static partial Regex Project();
}
