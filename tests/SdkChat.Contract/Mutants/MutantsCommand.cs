using System.CommandLine;
using SdkChat.Contract.Engine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Mutants;

/// <summary>
/// <c>mutants</c>: runs another team's tests against a service that breaks one promise of the contract after the other. Exit codes: 0 each
/// was noticed, 1 some were not, 2 the command was not understood, fails without a broken promise, or the service does not answer.
/// </summary>
internal static class MutantsCommand
{
    private const int NotNoticed = 1;

    private static readonly Option<string> Run = new("--run")
    {
        Description = "The tests: a shell command that ends with 0 where all is well. BASE_URL is the address to test",
        HelpName = "COMMAND", Required = true,
    };
    private static readonly Option<string> Timeout = new("--timeout")
    {
        Description = "A run that takes longer is ended, and has noticed the fault", HelpName = "TIME", DefaultValueFactory = _ => "10m",
    };

    public static Task<int> RunAsync(string[] args)
    {
        var options = new Options();
        var command = new RootCommand(
            "Runs your tests against a service that breaks one promise of the contract after the other, and prints which they "
            + "do not notice.")
        {
            Run, Timeout, options.Only,
        };
        foreach (var option in options.Access.Concat(options.MoreAccess))
            command.Add(option);
        return CommandLine.RunAsync(command, "mutants", args, parsed => RunAsync(options, parsed));
    }

    private static async Task<int> RunAsync(Options options, ParseResult parsed)
    {
        var rules = options.Rules(parsed).Select(rule => rule.Id).ToHashSet();
        var mutants = Mutant.All.Where(mutant => rules.Contains(mutant.Rule)).OrderBy(mutant => mutant.Rule, StringComparer.Ordinal)
            .ToArray();
        var timeout = TimeText.Parse("--timeout", parsed.GetValue(Timeout)!);
        // The command writes what it likes: the tenants that are made for it here are its own.
        var (local, means) = await CommandLine.OpenAsync(options, parsed, options.Means(parsed) with { AllowsWrites = true });
        try
        {
            return await RunAsync(mutants, means, new CommandUnderTest(parsed.GetValue(Run)!, means, timeout));
        }
        finally
        {
            if (local is not null)
                await local.DisposeAsync();
        }
    }

    private static async Task<int> RunAsync(IReadOnlyList<Mutant> mutants, Means means, CommandUnderTest command)
    {
        MutantStand.Means = means;
        await using (var proxy = await MutatingProxy.StartAsync(means.Service, new Mutant("keeps each promise", "")))
        {
            var (code, output) = await command.RunAsync(proxy.Address);
            if (code != 0)
                throw new CannotTellException(
                    $"the command {(code is null ? "does not end" : $"ends with {code}")} where no promise is broken: "
                    + $"{means.Hide(output.Trim())}");
        }

        var results = new List<MutantResult>();
        foreach (var mutant in mutants)
        {
            results.Add(await RunAsync(mutant, means, command));
            await Console.Out.WriteLineAsync(results[^1].Text());
        }

        await Console.Out.WriteLineAsync(MutantResult.Sum(results));
        return results.Any(result => result.Verdict == MutantVerdict.NotNoticed) ? NotNoticed : 0;
    }

    private static async Task<MutantResult> RunAsync(Mutant mutant, Means means, CommandUnderTest command)
    {
        if (mutant.Swaps.Missing(means) is { } missing)
            return new MutantResult(mutant, MutantVerdict.Skipped, TimeSpan.Zero, $"needs {missing}");
        var started = TimeProvider.System.GetTimestamp();
        await using var proxy = await MutatingProxy.StartAsync(means.Service, mutant);
        var (code, _) = await command.RunAsync(proxy.Address);
        var took = TimeProvider.System.GetElapsedTime(started);
        return new MutantResult(
            mutant, code == 0 ? MutantVerdict.NotNoticed : MutantVerdict.Noticed, took,
            code is null ? "the command did not end in time" : null);
    }
}
