using System.Globalization;
using System.Xml.Linq;
using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Reports;

/// <summary>The report as continuous integration reads it: a suite for each section, a case for each rule.</summary>
internal static class JUnitReport
{
    public static XDocument Create(IReadOnlyList<Outcome> outcomes, TimeSpan took) => new(new XElement(
        "testsuites",
        new XAttribute("name", "SdkChat contract"),
        Counts(outcomes),
        new XAttribute("time", Seconds(took)),
        outcomes.GroupBy(outcome => outcome.Rule.Section).Select(section => new XElement(
            "testsuite",
            new XAttribute("name", $"Section {section.Key}"),
            Counts([.. section]),
            new XAttribute("time", Seconds(TimeSpan.FromTicks(section.Sum(outcome => outcome.Took.Ticks)))),
            section.Select(Case)))));

    private static XElement Case(Outcome outcome) => new(
        "testcase",
        new XAttribute("classname", $"contract.section{outcome.Rule.Section}"),
        new XAttribute("name", $"{outcome.Rule.Id}: {outcome.Rule.Says}"),
        new XAttribute("time", Seconds(outcome.Took)),
        outcome.Reason is { } reason ? new XElement("skipped", new XAttribute("message", Clean(reason))) : null,
        outcome.Broken is { } broken
            ? new XElement(
                "failure", new XAttribute("message", Clean($"expected {broken.Expected}")),
                Clean($"expected {broken.Expected}\ncame {broken.Came}\n{broken.Request}"))
            : null);

    private static XAttribute[] Counts(IReadOnlyCollection<Outcome> outcomes) =>
    [
        new("tests", outcomes.Count),
        new("failures", outcomes.Count(outcome => outcome.Verdict == Verdict.Broken)),
        new("skipped", outcomes.Count(outcome => outcome.Verdict == Verdict.Skipped)),
    ];

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture);

    /// <summary>A service may send what XML cannot hold.</summary>
    private static string Clean(string text) =>
        new([.. text.Select(letter => System.Xml.XmlConvert.IsXmlChar(letter) ? letter : '\uFFFD')]);
}
