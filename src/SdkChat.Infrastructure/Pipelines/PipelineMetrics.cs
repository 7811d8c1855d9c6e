using System.Diagnostics.Metrics;
using System.Text.Json;
using SdkChat.Application.Pipelines;

namespace SdkChat.Infrastructure.Pipelines;

/// <summary>How the pipeline answers, in numbers.</summary>
internal sealed class PipelineMetrics
{
    public const string MeterName = "SdkChat.Pipelines";

    private readonly Histogram<double> _calls;

    public PipelineMetrics(IMeterFactory meters) =>
        _calls = meters.Create(MeterName).CreateHistogram<double>(
            "sdkchat.pipeline.call.duration", "s", "Calls of the pipeline, retries included, by call (start, ask) and outcome.");

    public void Called(string call, TimeSpan duration, string outcome) => _calls.Record(
        duration.TotalSeconds, KeyValuePair.Create<string, object?>("call", call), KeyValuePair.Create<string, object?>("outcome", outcome));

    /// <summary>What a report is called in a label: <c>running</c>, <c>completed</c>, <c>failed</c>, <c>unknown</c>, <c>no_answer</c>.</summary>
    public static string NameOf(RunReport report) => JsonNamingPolicy.SnakeCaseLower.ConvertName(report.GetType().Name);
}
