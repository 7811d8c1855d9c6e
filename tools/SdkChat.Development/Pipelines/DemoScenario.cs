using System.Globalization;
using System.Text.RegularExpressions;

namespace SdkChat.Development.Pipelines;

/// <summary>The scenario that a prompt selects with a marker at its beginning, such as <c>[[error]]</c> or <c>[[slow 5s]]</c>.</summary>
/// <param name="Takes">How long the run takes; null for the usual one to two seconds.</param>
internal sealed partial record DemoScenario(DemoOutcome Outcome, TimeSpan? Takes = null)
{
    private const int MaxSeconds = 60;

    /// <summary>A prompt without a marker, with an unknown one, or with a time beyond a minute has the ordinary outcome.</summary>
    public static DemoScenario Parse(string prompt) => Marker().Match(prompt) switch
    {
        { Success: false } => new(DemoOutcome.Ordinary),
        { Groups: [_, { Success: true, Value: var seconds }, ..] } => Slow(int.Parse(seconds, CultureInfo.InvariantCulture)),
        var marker => new(Enum.Parse<DemoOutcome>(marker.Groups[2].Value, ignoreCase: true)),
    };

    private static DemoScenario Slow(int seconds) =>
        new(DemoOutcome.Ordinary, seconds <= MaxSeconds ? TimeSpan.FromSeconds(seconds) : null);

    [GeneratedRegex(@"\A\[\[(?:slow ([0-9]{1,2})s|(error|timeout|empty|odd|large))\]\]", RegexOptions.CultureInvariant)]
    private static partial Regex Marker();
}
