using System.Diagnostics.Metrics;
using SdkChat.Infrastructure.Telemetry;

namespace SdkChat.Infrastructure.Auditing;

/// <summary>Counts the entries of the audit trail that were not stored and are only in the log.</summary>
internal sealed class AuditMetrics : IMetricSeries
{
    public const string MeterName = "SdkChat.Audit";

    private long _lost;

    public AuditMetrics(IMeterFactory meters) =>
        meters.Create(MeterName).CreateObservableCounter(
            "sdkchat.audit.lost", () => Interlocked.Read(ref _lost), "{entry}",
            "Audit entries of verified callers that were not stored and are in the log alone.");

    public void Lost(int entries) => Interlocked.Add(ref _lost, entries);
}
