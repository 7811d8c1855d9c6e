using System.Diagnostics.Metrics;
using SdkChat.Api.Http.RateLimits;

namespace SdkChat.Api.Hosting.Transport;

/// <summary>Connections that were closed to stay within the limits.</summary>
internal sealed class ConnectionMetrics
{
    private readonly Counter<long> _closed;

    public ConnectionMetrics(IMeterFactory meters)
    {
        _closed = meters.Create(RateLimitMetrics.MeterName).CreateCounter<long>(
            "sdkchat.connections.closed", "{connection}", "Connections closed to stay within the limits, by reason (idle, full).");
        Closed("idle", 0);
        Closed("full", 0);
    }

    public void Closed(string reason) => Closed(reason, 1);

    private void Closed(string reason, int count) => _closed.Add(count, KeyValuePair.Create<string, object?>("reason", reason));
}
