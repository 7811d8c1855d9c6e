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
    private const int CouldNot = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        var options = new Options();
        var command = new RootCommand("Checks a running service against the contract, rule by rule. It writes nothing unless it may.");
        foreach (var option in options.All.Concat(options.Fuzz.All))
            command.Add(option);
        command.SetAction((parsed, _) => RunAsync(options, parsed));
        var parsed = command.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        return parsed.Errors.Count > 0 ? await EndAsync(parsed.Errors[0].Message + " Try: ./sdkchat contract --help") : await parsed.InvokeAsync();
    }

    private static async Task<int> RunAsync(Options options, ParseResult parsed)
    {
        try
        {
            var names = parsed.GetValue(options.Only) ?? [];
            var rules = Rule.Named(names);
            if (names.FirstOrDefault(name => Rule.Named([name]).Count == 0) is { } unknown)
                return await EndAsync($"there is no section or rule '{unknown}': ./sdkchat contract --list");
            if (parsed.GetValue(options.List))
                return List(rules);
            return await CheckAsync(options, parsed, rules);
        }
        catch (CannotTellException exception)
        {
            return await EndAsync(exception.Message);
        }
        catch (Exception exception) when (exception is InvalidOperationException or HttpRequestException or TaskCanceledException)
        {
            return await EndAsync(exception.Message);
        }
    }

    private static async Task<int> CheckAsync(Options options, ParseResult parsed, IReadOnlyList<Rule> rules)
    {
        var isFuzz = options.Fuzz.IsChosen(parsed);
        if (isFuzz)
            options.Fuzz.Time(parsed);
        var means = options.Means(parsed);
        await ShouldAnswerAsync(means.Service);
        LocalInstance? local = null;
        if (options.IsLocal(parsed))
        {
            var command = options.Operator(parsed) ?? throw new CannotTellException("give --tenant-token, --admin-token and --api-key, or for a local instance --operator and --data");
            (local, means) = await LocalInstance.OpenAsync(means, options.Folder(parsed), new CommandOperator(command, options.Folder(parsed)));
        }

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
        TextReport.Print(AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) }), outcomes, means.Service, took);
        if (parsed.GetValue(options.JUnit) is { } junit)
            JUnitReport.Of(outcomes, took).Save(junit);
        if (parsed.GetValue(options.Json) is { } json)
            await File.WriteAllTextAsync(json, JsonReport.Of(outcomes, means.Service, took) + "\n");
        return outcomes.Any(outcome => outcome.Verdict == Verdict.Broken) ? Broken : 0;
    }

    private static int List(IReadOnlyList<Rule> rules)
    {
        foreach (var rule in rules)
            Console.WriteLine($"{rule.Id,-28} {rule.Says}");
        return 0;
    }

    /// <summary>Whether anything is there at all: a hundred rules that fail alike say less than one line.</summary>
    private static async Task ShouldAnswerAsync(Uri service)
    {
        try
        {
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
            using var answer = await client.GetAsync(new Uri(service, Paths.Validation));
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            throw new CannotTellException($"nothing answers at {service} ({exception.Message.TrimEnd('.')}): start './sdkchat up', or give --base-url");
        }
    }

    private static async Task<int> EndAsync(string sentence)
    {
        await Console.Error.WriteLineAsync($"sdkchat: {sentence}");
        return CouldNot;
    }
}
