using System.CommandLine;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Reports;
using SdkChat.Contract.Standing;
using Spectre.Console;
using Rule = SdkChat.Contract.Engine.Rule;

namespace SdkChat.Contract;

/// <summary>
/// <c>contract</c>: checks a service against the contract. Exit codes: 0 every rule that was checked is kept, 1 some are broken, 2 the
/// command was not understood or the service does not answer.
/// </summary>
internal static class ContractCommand
{
    private const int Broken = 1;

    public static Task<int> RunAsync(string[] args)
    {
        var options = new Options();
        var command = new RootCommand("Checks a running service against the contract, rule by rule. It writes nothing unless it may.");
        foreach (var option in options.All)
            command.Add(option);
        return CommandLine.RunAsync(command, "contract", args, parsed => RunAsync(options, parsed));
    }

    private static async Task<int> RunAsync(Options options, ParseResult parsed)
    {
        var rules = options.Rules(parsed);
        if (parsed.GetValue(options.List))
            return List(rules);
        var isFuzz = options.Fuzz.IsChosen(parsed);
        if (isFuzz)
            options.Fuzz.Time(parsed);
        var (local, means) = await CommandLine.OpenAsync(options, parsed, options.Means(parsed));
        try
        {
            if (isFuzz)
                return await options.Fuzz.RunAsync(parsed, means) ? 0 : Broken;
            return await CheckAsync(options, parsed, rules, means);
        }
        finally
        {
            if (local is not null)
                await local.DisposeAsync();
        }
    }

    private static async Task<int> CheckAsync(Options options, ParseResult parsed, IReadOnlyList<Rule> rules, Means means)
    {
        var started = TimeProvider.System.GetTimestamp();
        IReadOnlyList<Outcome> outcomes;
        await using (var service = new Service(means))
            outcomes = await ProgressDisplay.ShowAsync(service, rules, parsed.GetValue(options.Fast));
        var took = TimeProvider.System.GetElapsedTime(started);
        TextReport.Print(
            AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) }), outcomes, means.Service, took);
        if (parsed.GetValue(options.JUnit) is { } junit)
            JUnitReport.Create(outcomes, took).Save(junit);
        if (parsed.GetValue(options.Json) is { } json)
            await File.WriteAllTextAsync(json, JsonReport.Create(outcomes, means.Service, took) + "\n");
        return outcomes.Any(outcome => outcome.Verdict == Verdict.Broken) ? Broken : 0;
    }

    private static int List(IReadOnlyList<Rule> rules)
    {
        foreach (var rule in rules)
            Console.WriteLine($"{rule.Id,-28} {rule.Says}");
        return 0;
    }
}
