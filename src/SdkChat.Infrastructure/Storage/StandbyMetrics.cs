using System.Diagnostics.Metrics;
using System.Text.Json;
using SdkChat.Infrastructure.Telemetry;

namespace SdkChat.Infrastructure.Storage;

/// <summary>Why the primary answers a history read although a standby is configured; a label value of metrics, in snake_case.</summary>
internal enum StandbyFallback
{
    /// <summary>The standby is not reachable, or its lag is unknown or exceeds the limit.</summary>
    NotUsable,

    /// <summary>It has not replayed a change of the tenant that this node knows of.</summary>
    NotReplayed,

    /// <summary>The replay cancelled the statement.</summary>
    Conflict,

    /// <summary>The statement exceeded its time limit there.</summary>
    Timeout,

    /// <summary>The statement failed on the standby for another reason.</summary>
    Failed,
}

/// <summary>Metrics of history reads on a standby.</summary>
internal sealed class StandbyMetrics : IMetricSeries
{
    private const string Primary = "primary";
    private const string Standby = "standby";

    private readonly LabelledCounter _reads;
    private readonly LabelledCounter _fallbacks;

    public StandbyMetrics(IMeterFactory meters, StandbyState state)
    {
        var meter = meters.Create(DatabaseFailures.MeterName);
        _reads = new(
            meter, "sdkchat.history.reads", "{read}", "History reads with a standby configured, by the server that answered.", "server",
            [Primary, Standby]);
        _fallbacks = new(
            meter, "sdkchat.history.fallbacks", "{read}", "History reads that the standby could not answer, by reason.", "reason",
            Enum.GetValues<StandbyFallback>().Select(NameOf));
        meter.CreateObservableGauge(
            "sdkchat.history.standby.lag", () => Observe(state), "s",
            "Time for which the standby may lack commits; none while it is not used.");
    }

    public void ReadFromPrimary() => _reads.Add(Primary);

    public void ReadFromStandby() => _reads.Add(Standby);

    public void FellBack(StandbyFallback reason) => _fallbacks.Add(NameOf(reason));

    private static IEnumerable<Measurement<double>> Observe(StandbyState state) => state.Lag is { } lag ? [new(lag.TotalSeconds)] : [];

    private static string NameOf(StandbyFallback reason) => JsonNamingPolicy.SnakeCaseLower.ConvertName(reason.ToString());
}
