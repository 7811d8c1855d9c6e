using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>A node that has been told to stop is not ready, so that a balancer sends new requests elsewhere.</summary>
internal sealed class StoppingHealthCheck(SseHub hub) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(hub.IsStopping ? HealthCheckResult.Unhealthy("The node is stopping.") : HealthCheckResult.Healthy());
}
