using System.Text.Encodings.Web;
using System.Text.Json;
using SdkChat.Contract.Engine;

namespace SdkChat.Contract.Reports;

/// <summary>The report for programs.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Create(IReadOnlyList<Outcome> outcomes, Uri service, TimeSpan took) => JsonSerializer.Serialize(
        new
        {
            Service = service,
            Seconds = Math.Round(took.TotalSeconds, 3),
            Kept = outcomes.Count(outcome => outcome.Verdict == Verdict.Kept),
            Broken = outcomes.Count(outcome => outcome.Verdict == Verdict.Broken),
            Skipped = outcomes.Count(outcome => outcome.Verdict == Verdict.Skipped),
            Rules = outcomes.Select(outcome => new
            {
                outcome.Rule.Id,
                outcome.Rule.Section,
                outcome.Rule.Says,
                Verdict = outcome.Verdict.ToString().ToLowerInvariant(),
                Seconds = Math.Round(outcome.Took.TotalSeconds, 3),
                outcome.Reason,
                outcome.Broken?.Expected,
                outcome.Broken?.Came,
                outcome.Broken?.Request,
            }),
        },
        Json);
}
