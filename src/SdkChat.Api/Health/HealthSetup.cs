using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Health;

/// <summary>
/// The probes for load balancers and orchestrators, without a credential. Live: the process responds. Ready: it should get requests. A
/// failure has the usual envelope; its message says what is wrong.
/// </summary>
public static class HealthSetup
{
    /// <summary>The tag of the checks that decide readiness.</summary>
    public const string ReadyTag = "ready";

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", Asking(check => false));
        routes.MapHealthChecks("/health/ready", Asking(check => check.Tags.Contains(ReadyTag)));
    }

    private static HealthCheckOptions Asking(Func<HealthCheckRegistration, bool> checks) =>
        new() { Predicate = checks, ResponseWriter = WriteAsync };

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        if (report.Status != HealthStatus.Unhealthy)
            return context.Response.WriteAsJsonAsync(new { success = true, data = new { status = "ok" } });

        var reasons = report.Entries.Values.Where(entry => entry.Status == HealthStatus.Unhealthy).Select(entry => entry.Description);
        return context.WriteErrorAsync(
            ErrorCode.Unavailable, string.Join(' ', reasons.OfType<string>()) is { Length: > 0 } text ? text : null);
    }
}
