using System.Globalization;
using System.Text.RegularExpressions;
using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Tests;

/// <summary>
/// docs/contract-rules.md: every sentence of the contract has a test that exists, and every rule of the suite its sentence.
/// </summary>
public sealed partial class RuleListTests
{
    private const int Sentences = 177;

    private static readonly string Root = FindRoot();

    [Test]
    public void List_OfTheContract_IsNumberedThroughAndWhole()
    {
        var lines = Lines();

        lines.Should().HaveCount(Sentences, "a sentence that goes, or comes, is a change of the contract");
        foreach (var section in lines.GroupBy(line => line.Number.Split('.')[0]))
            section.Select(line => line.Number).Should().Equal(
                Enumerable.Range(1, section.Count())
                    .Select(number => string.Create(CultureInfo.InvariantCulture, $"{section.Key}.{number}")));
    }

    [Test]
    public void Sentence_OfTheContract_HasATestThatExists() =>
        Gaps(Lines(), Rule.All.Select(rule => rule.Id), TestsOfTheRepository()).Should().BeEmpty();

    [Test]
    public void Rule_OfTheSuite_HasItsSentence()
    {
        var named = Lines().SelectMany(line => line.Checks).ToHashSet();

        Rule.All.Select(rule => rule.Id).Should().OnlyHaveUniqueItems();
        Rule.All.Where(rule => !named.Contains(rule.Id)).Select(rule => rule.Id).Should().BeEmpty();
        Rule.All.Where(rule => rule.Says.Length == 0 || rule.Section is < 1 or > 8).Should().BeEmpty();
    }

    [TestCase("| 1.1 | It is so. |  |")]
    [TestCase("| 1.1 | It is so. | `1.no-such-rule` |")]
    [TestCase("| 1.1 | It is so. | `NoSuchTests.It_Is_So` |")]
    [TestCase("| 1.1 | It is so. | `1.cookie`, `RuleListTests.It_Is_So` |")]
    public void Gaps_DeliberateViolation_IsFound(string line) =>
        Gaps(Parse(line), ["1.cookie"], new HashSet<string> { "RuleListTests.Other" }).Should().Equal("1.1");

    private static IEnumerable<string> Gaps(IEnumerable<Sentence> sentences, IEnumerable<string> rules, IReadOnlySet<string> tests)
    {
        var known = rules.ToHashSet();
        return from sentence in sentences
               where sentence.Checks.Count == 0 || !sentence.Checks.All(check => known.Contains(check) || tests.Contains(check))
               select sentence.Number;
    }

    private static Sentence[] Lines() => Parse(File.ReadAllText(Path.Combine(Root, "docs", "contract-rules.md")));

    private static Sentence[] Parse(string text) =>
    [.. Line().Matches(text)
        .Select(line => new Sentence(
            line.Groups["number"].Value, [.. Name().Matches(line.Groups["checks"].Value).Select(name => name.Groups[1].Value)]))];

    /// <summary>By class and method, of all test projects; an inherited test is its heir's.</summary>
    private static HashSet<string> TestsOfTheRepository()
    {
        var tests = new HashSet<string>();
        var bases = new List<(string Class, string Base)>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*.cs", SearchOption.AllDirectories))
        {
            var text = File.ReadAllText(file);
            if (Class().Match(text) is not { Success: true } found)
                continue;
            bases.Add((found.Groups["name"].Value, found.Groups["base"].Value));
            tests.UnionWith(Method().Matches(text).Select(method => $"{found.Groups["name"].Value}.{method.Groups[1].Value}"));
        }

        foreach (var (heir, parent) in bases.Where(pair => pair.Base.Length > 0))
            tests.UnionWith(
                tests.Where(test => test.StartsWith(parent + ".", StringComparison.Ordinal)).Select(test => heir + test[parent.Length..])
                    .ToArray());
        return tests;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SdkChat.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    [GeneratedRegex(@"^\| (?<number>\d+\.\d+) \|.*\| (?<checks>[^|]*) \|\r?$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Name();

    [GeneratedRegex(@"class (?<name>\w+)(?:\([^)]*\))?(?: : (?<base>\w+))?")]
    private static partial Regex Class();

    [GeneratedRegex(@"public (?:static )?(?:async )?(?:Task|void|Property)(?:<\w+>)? (\w+_\w+)\(")]
    private static partial Regex Method();

    private sealed record Sentence(string Number, IReadOnlyList<string> Checks);
}
