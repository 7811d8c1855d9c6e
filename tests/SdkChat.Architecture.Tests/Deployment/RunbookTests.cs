using System.Text.RegularExpressions;

namespace SdkChat.Architecture.Tests.Deployment;

/// <summary>
/// Each alert in deploy/prometheus/alerts.yaml names its section of docs/operations/monitor.md, and each section has its alert.
/// </summary>
public sealed partial class RunbookTests
{
    private const string Page = "docs/operations/monitor.md";

    private static readonly (string Name, string Runbook)[] Alerts =
    [
        .. from rule in Manifests.Documents(Path.Combine(Manifests.Folder, "prometheus", "alerts.yaml")).Single().At("groups").Items()
            .SelectMany(rules => rules.At("rules").Items())
           select (rule.Text("alert"), rule.Text("annotations", "runbook")),
    ];

    [Test]
    public void Runbook_OfEachAlert_IsTheSectionOfItsName() =>
        Alerts.Should().NotBeEmpty().And.OnlyContain(alert => alert.Runbook == $"{Page}#{alert.Name.ToLowerInvariant()}");

    [Test]
    public void Sections_OfThePage_AreTheAlerts() =>
        Section().Matches(File.ReadAllText(Codebase.PathOf(Page))).Select(section => section.Groups[1].Value)
            .Should().BeEquivalentTo(Alerts.Select(alert => alert.Name));

    /// <summary>A section gives the meaning, what to check and what to do.</summary>
    [GeneratedRegex(@"(?m)^### (SdkChat\w+)\n\n- \*\*Meaning\*\*: (?:.+\n)+- \*\*Check\*\*: (?:.+\n)+- \*\*Do\*\*: ")]
    private static partial Regex Section();
}
