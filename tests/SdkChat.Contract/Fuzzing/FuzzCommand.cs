using System.CommandLine;
using SdkChat.Contract.Standing;

namespace SdkChat.Contract.Fuzzing;

/// <summary><c>contract --fuzz</c>: generated requests instead of rules.</summary>
internal sealed class FuzzCommand
{
    private readonly Option<string?> _time = new("--fuzz")
    {
        Description = "Check no rules: send requests that are generated from the service's OpenAPI document, for so long (10s, 5m)",
        HelpName = "TIME",
    };

    private readonly Option<int?> _seed = new("--seed")
    {
        Description = "The run of --fuzz that chooses alike (default: a random one)", HelpName = "N",
    };

    public IEnumerable<Option> All => [_time, _seed];

    public bool IsChosen(ParseResult parsed) => parsed.GetValue(_time) is not null;

    /// <exception cref="Engine.CannotTellException">The time is none.</exception>
    public TimeSpan Time(ParseResult parsed) => TimeText.Parse("--fuzz", parsed.GetValue(_time)!);

    /// <returns>Whether nothing was found.</returns>
    public async Task<bool> RunAsync(ParseResult parsed, Means means)
    {
        using var fuzzer = new Fuzzer(means);
        var result = await fuzzer.RunAsync(parsed.GetValue(_seed) ?? Random.Shared.Next(1, 1_000_000), int.MaxValue, Time(parsed));
        await Console.Out.WriteAsync(result.Text());
        return result.Findings.Count == 0;
    }
}
