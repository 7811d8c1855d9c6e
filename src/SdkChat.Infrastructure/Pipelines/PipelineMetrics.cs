using System.Diagnostics.Metrics;
using System.Text.Json;
using SdkChat.Application.Pipelines;
using SdkChat.Infrastructure.Telemetry;

namespace SdkChat.Infrastructure.Pipelines;

/// <summary>Metrics of pipeline calls.</summary>
internal sealed class PipelineMetrics : IMetricSeries
{
    public const string MeterName = "SdkChat.Pipelines";

    /// <summary>The outcome of a call that its caller cancelled.</summary>
    public const string GivenUp = "given_up";

    private static readonly string[] Outcomes = ["running", "completed", "failed", "unknown", "no_answer", GivenUp];

    private readonly Histogram<double> _duration;
    private readonly LabelledCounter _calls;

    public PipelineMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _duration = meter.CreateHistogram<double>(
            "sdkchat.pipeline.call.duration", "s", "Calls of the pipeline, retries included, by call (start, ask) and outcome.");
        _calls = new(meter, "sdkchat.pipeline.calls", "{call}", "Calls of the pipeline, by outcome.", "outcome", Outcomes);
    }

    public void Called(string call, TimeSpan duration, string outcome)
    {
        _duration.Record(
            duration.TotalSeconds, KeyValuePair.Create<string, object?>("call", call),
            KeyValuePair.Create<string, object?>("outcome", outcome));
        _calls.Add(outcome);
    }

    /// <summary>The label value of a report: <c>running</c>, <c>completed</c>, <c>failed</c>, <c>unknown</c>, <c>no_answer</c>.</summary>
    public static string NameOf(RunReport report) => JsonNamingPolicy.SnakeCaseLower.ConvertName(report.GetType().Name);
}
