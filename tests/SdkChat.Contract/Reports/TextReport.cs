using System.Globalization;
using System.Text;
using SdkChat.Contract.Engine;
using Spectre.Console;

namespace SdkChat.Contract.Reports;

/// <summary>The report for people: a line for each rule, by section, and what was wrong under those that are broken.</summary>
internal static class TextReport
{
    private static readonly string[] Sections =
    [
        "", "Who calls what", "Conventions", "Tenant endpoints", "Backoffice endpoints", "SDK endpoints", "Chat lifecycle and live events",
        "Storage", "Additions",
    ];

    public static void Print(IAnsiConsole console, IReadOnlyList<Outcome> outcomes, Uri service, TimeSpan took)
    {
        // One line a rule: the terminal breaks it, or a pipe gets it whole.
        console.Profile.Width = 10_000;
        foreach (var section in outcomes.GroupBy(outcome => outcome.Rule.Section))
        {
            console.MarkupLine($"[bold]{section.Key} {Sections[section.Key]}[/]");
            foreach (var outcome in section)
                Print(console, outcome);
            console.WriteLine();
        }

        console.WriteLine($"{Sum(outcomes)} at {service} in {Seconds(took)}.");
    }

    public static string Sum(IReadOnlyCollection<Outcome> outcomes)
    {
        int Count(Verdict verdict) => outcomes.Count(outcome => outcome.Verdict == verdict);
        return $"{Count(Verdict.Kept)} kept, {Count(Verdict.Broken)} broken, {Count(Verdict.Skipped)} skipped";
    }

    private static void Print(IAnsiConsole console, Outcome outcome)
    {
        var (mark, colour) = outcome.Verdict switch
        {
            Verdict.Kept => ("✓", "green"),
            Verdict.Broken => ("✗", "red"),
            _ => ("–", "yellow"),
        };
        var line = new StringBuilder($"  [{colour}]{mark}[/] {outcome.Rule.Id,-28} {Markup.Escape(outcome.Rule.Says)}");
        if (outcome.Took > TimeSpan.FromSeconds(5))
            line.Append(CultureInfo.InvariantCulture, $" [grey]({Seconds(outcome.Took)})[/]");
        if (outcome.Reason is { } reason)
            line.Append($" [yellow]– skipped: {Markup.Escape(reason)}[/]");
        console.MarkupLine(line.ToString());
        if (outcome.Broken is not { } broken)
            return;
        console.MarkupLine($"      expected  {Markup.Escape(broken.Expected)}");
        console.MarkupLine($"      came      [red]{Markup.Escape(broken.Came)}[/]");
        if (broken.Request is { } request)
            console.MarkupLine($"      try       {Markup.Escape(request)}");
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F0} s");
}
