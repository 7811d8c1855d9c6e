using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SdkChat.Infrastructure.Live.Probe;

/// <summary>Ready: committed events reach this node's streams, according to the last delivery probes.</summary>
internal sealed class DeliveryHealthCheck(ProbeStatus status) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(status.IsFailing
            ? HealthCheckResult.Unhealthy(
                $"Events do not get from the database to this node's streams: {status.Missing} probes in a row have not come back.")
            : HealthCheckResult.Healthy());
}
