using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SdkChat.Architecture.Tests.RepositoryFiles;

/// <summary>The changelog, and the versions that other files take from a release.</summary>
public sealed partial class ChangelogTests
{
    private static readonly string[] Headings =
    [.. File.ReadLines(Codebase.PathOf("CHANGELOG.md")).Where(line => line.StartsWith("## ", StringComparison.Ordinal))
        .Select(line => line[3..])];

    private static Version[] Released => [.. Headings.Skip(1).Select(heading => Version.Parse(Release().Match(heading).Groups[1].Value))];

    [Test]
    public void Sections_AreUnreleased_AndThenReleasesNewestFirst()
    {
        Headings[0].Should().Be("Unreleased");
        Headings.Skip(1).Should().NotBeEmpty().And.OnlyContain(heading => Release().IsMatch(heading));
        Released.Should().BeInDescendingOrder().And.OnlyHaveUniqueItems();
    }

    [Test]
    public void NpmPackage_HasTheVersionOfTheNewestRelease() =>
        JsonDocument.Parse(File.ReadAllText(Codebase.PathOf("clients/typescript/package.json"))).RootElement.GetProperty("version")
            .GetString()
            .Should().Be(Released[0].ToString());

    /// <summary>A build after the release is not taken for one before it.</summary>
    [Test]
    public void Builds_WithoutATag_ComeAfterTheNewestRelease() =>
        Version.Parse(XDocument.Load(Codebase.PathOf("Directory.Build.props")).Descendants("MinVerMinimumMajorMinor").Single().Value + ".0")
            .Should().BeGreaterThan(Released[0]);

    [GeneratedRegex(@"^(\d+\.\d+\.\d+) - \d{4}-\d{2}-\d{2}$")]
    private static partial Regex Release();
}
