using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SdkChat.Architecture.Tests.RepositoryFiles;

/// <summary>The pins of renovate.json against the versions in use.</summary>
public sealed class RenovateTests
{
    private static readonly JsonElement[] Rules =
        [.. JsonDocument.Parse(File.ReadAllText(Codebase.PathOf("renovate.json"))).RootElement.GetProperty("packageRules")
            .EnumerateArray()];

    private static readonly Dictionary<string, string> Versions =
        XDocument.Load(Codebase.PathOf("Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value);

    private static IEnumerable<(string Package, string Allowed)> Pins =>
        from rule in Rules
        where rule.TryGetProperty("allowedVersions", out _)
        from package in Names(rule)
        select (package, rule.GetProperty("allowedVersions").GetString()!.Trim('/'));

    [Test]
    public void Rules_All_GiveTheirReason() =>
        Rules.Should().OnlyContain(rule => rule.GetProperty("description").GetString()!.Length > 20);

    /// <summary>A decision record that a reason names is there.</summary>
    [Test]
    public void Reasons_NameDecisions_ThatExist()
    {
        var decisions = Directory.GetFiles(Codebase.PathOf("docs/decisions")).Select(path => Path.GetFileName(path)[..4]).ToHashSet();

        Rules.SelectMany(rule => Decision().Matches(rule.GetProperty("description").GetString()!)).Select(match => match.Groups[1].Value)
            .Should().NotBeEmpty().And.BeSubsetOf(decisions);
    }

    [Test]
    public void Pins_OfPackages_AllowTheVersionInUse() =>
        Pins.Where(pin => Versions.TryGetValue(pin.Package, out var version) && !Regex.IsMatch(version, pin.Allowed)).Should().BeEmpty();

    /// <summary>What the next major version would cost a licence, or does not restore.</summary>
    [TestCase("MediatR", "12.0.0")]
    [TestCase("AutoMapper", "15.0.0")]
    [TestCase("FluentAssertions", "8.0.0")]
    public void Pins_OfPackages_KeepOthersAway(string package, string version)
    {
        Versions.Should().ContainKey(package);
        Regex.IsMatch(version, Pins.Single(pin => pin.Package == package).Allowed).Should().BeFalse();
    }

    [Test]
    public void Rules_OfNuGetPackages_NameNoneThatIsGone() =>
        Rules.SelectMany(Names).Where(name => char.IsUpper(name[0]) && !name.EndsWith("**", StringComparison.Ordinal)).Except(Versions.Keys)
            .Should().BeEmpty();

    private static IEnumerable<string> Names(JsonElement rule) =>
        rule.GetProperty("matchPackageNames").EnumerateArray().Select(name => name.GetString()!);

    private static Regex Decision() => new(@"docs/decisions/(\d{4})");
}
