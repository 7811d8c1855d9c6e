using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// Ready: the schema is this build's or newer, and the database has not been unavailable for longer than the grace period. A short outage
/// must not make a load balancer drop every stream.
/// </summary>
internal sealed class DatabaseHealthCheck(SchemaCheck schema, Heartbeat heartbeat, IOptions<DatabaseOptions> options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var silence = heartbeat.Silence;
        if (silence > TimeSpan.FromSeconds(options.Value.ReadyGraceSeconds))
            return HealthCheckResult.Unhealthy($"The database has not answered for {silence.TotalSeconds:F0} s.");

        try
        {
            return await schema.IsCurrentAsync(cancellationToken)
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("The schema is older than this build: run the migrate verb.");
        }
        catch (UnavailableException)
        {
            // Without the exception: its stack trace would be logged with each check.
            return HealthCheckResult.Unhealthy("The schema is not known yet: the database does not answer.");
        }
    }
}
