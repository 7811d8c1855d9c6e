using System.Diagnostics.Metrics;
using SdkChat.Api.Http.RateLimits;
using SdkChat.Infrastructure.Telemetry;

namespace SdkChat.Api.Hosting.Transport;

/// <summary>Counts the connections that were closed to stay within the limits.</summary>
internal sealed class ConnectionMetrics(IMeterFactory meters) : IMetricSeries
{
    private static readonly string[] Reasons = ["idle", "full"];

    private readonly LabelledCounter _closed = new(
        meters.Create(RateLimitMetrics.MeterName), "sdkchat.connections.closed", "{connection}",
        $"Connections closed to stay within the limits, by reason ({string.Join(", ", Reasons)}).", "reason", Reasons);

    public void Closed(string reason) => _closed.Add(reason);
}
