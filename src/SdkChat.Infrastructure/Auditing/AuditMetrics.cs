using System.Diagnostics.Metrics;

namespace SdkChat.Infrastructure.Auditing;

/// <summary>How many entries of the audit trail are in the log alone.</summary>
internal sealed class AuditMetrics
{
    public const string MeterName = "SdkChat.Audit";

    private readonly Counter<long> _lost;

    public AuditMetrics(IMeterFactory meters)
    {
        _lost = meters.Create(MeterName).CreateCounter<long>(
            "sdkchat.audit.lost", "{entry}", "Audit entries of verified callers that were not stored and are in the log alone.");
        _lost.Add(0);
    }

    public void Lost(int entries) => _lost.Add(entries);
}
