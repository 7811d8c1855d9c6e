using System.Globalization;
using SdkChat.Contract.Engine;
using Spectre.Console;
using Rule = SdkChat.Contract.Engine.Rule;

namespace SdkChat.Contract.Reports;

/// <summary>Shows at a terminal how far the run is; says nothing elsewhere. On standard error, so that the report can be piped.</summary>
internal static class ProgressDisplay
{
    public static async Task<IReadOnlyList<Outcome>> ShowAsync(Service service, IReadOnlyList<Rule> rules, bool isFast)
    {
        if (Console.IsErrorRedirected)
            return await new Runner(service, rules, isFast).RunAsync();

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().AutoClear(true)
            .Columns(
                new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(context =>
            {
                var bar = context.AddTask("starting", maxValue: rules.Count);
                var runner = new Runner(service, rules, isFast)
                {
                    OnProgress = (running, done) =>
                    {
                        bar.Value = done.Count;
                        bar.Description = Markup.Escape(Say(running, done));
                    },
                };
                return runner.RunAsync();
            });
    }

    private static string Say(IReadOnlyCollection<Rule> running, IReadOnlyCollection<Outcome> done) => string.Create(
        CultureInfo.InvariantCulture,
        $"{TextReport.Sum(done)}{(running.Count is > 0 and <= 4 ? "; waiting for " + string.Join(", ", running.Select(rule => rule.Id)) : "")}");
}
