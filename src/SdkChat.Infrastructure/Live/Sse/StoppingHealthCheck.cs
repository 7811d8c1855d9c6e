using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>A node that is stopping is not ready, so that a load balancer sends new requests to others.</summary>
internal sealed class StoppingHealthCheck(SseHub hub) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(hub.IsStopping ? HealthCheckResult.Unhealthy("The node is stopping.") : HealthCheckResult.Healthy());
}
