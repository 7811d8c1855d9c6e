using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SdkChat.Infrastructure.Live.Probe;

/// <summary>Ready: what is committed gets to this node's streams, as far as the last few probes can tell.</summary>
internal sealed class DeliveryHealthCheck(ProbePulse pulse) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(pulse.IsLost
            ? HealthCheckResult.Unhealthy($"Events do not get from the database to this node's streams: {pulse.Missing} probes in a row have not come back.")
            : HealthCheckResult.Healthy());
}
