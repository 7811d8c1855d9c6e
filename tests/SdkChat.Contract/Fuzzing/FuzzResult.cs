using System.Globalization;
using System.Text;

namespace SdkChat.Contract.Fuzzing;

/// <summary>An answer that no caller should get.</summary>
/// <param name="Count">How many requests to this operation had this problem.</param>
/// <param name="Curl">The first of these requests, for a shell.</param>
internal sealed record Finding(string Operation, string Problem, int Number, string Curl, int Count);

/// <summary>The result of a run.</summary>
/// <param name="Left">Operations that were not called, each with the reason.</param>
internal sealed record FuzzResult(
    int Seed, int Requests, IReadOnlyDictionary<int, int> Statuses, IReadOnlyList<string> Left, IReadOnlyList<Finding> Findings)
{
    public string Text()
    {
        var text = new StringBuilder();
        foreach (var finding in Findings)
        {
            text.AppendLine($"✗ {finding.Operation}: {finding.Problem}");
            text.AppendLine(CultureInfo.InvariantCulture, $"    seed {Seed}, request {finding.Number}, {finding.Count} times");
            text.AppendLine($"    try  {finding.Curl}");
        }

        foreach (var left in Left)
            text.AppendLine($"– {left}");
        var statuses = string.Join(
            ", ",
            Statuses.OrderBy(status => status.Key)
                .Select(status => string.Create(CultureInfo.InvariantCulture, $"{status.Key}: {status.Value}")));
        text.AppendLine(
            CultureInfo.InvariantCulture, $"{Requests} requests, {Findings.Count} findings, seed {Seed}. Statuses: {statuses}.");
        return text.ToString();
    }
}
