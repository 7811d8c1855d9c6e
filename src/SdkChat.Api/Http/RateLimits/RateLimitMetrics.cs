using System.Diagnostics.Metrics;
using SdkChat.Infrastructure.Telemetry;

namespace SdkChat.Api.Http.RateLimits;

/// <summary>Counts the calls over each limit.</summary>
internal sealed class RateLimitMetrics(IMeterFactory meters) : IMetricSeries
{
    public const string MeterName = "SdkChat.Http";

    /// <summary>All limits. Add a new one here and to docs/operations/capacity.md.</summary>
    private static readonly string[] Limits = ["profile", "key", "key_total", "admin", "failed_authentication"];

    private readonly LabelledCounter _refused = new(
        meters.Create(MeterName), "sdkchat.ratelimit.refused", "{request}",
        $"Requests that were over a limit, by limit ({string.Join(", ", Limits)}).", "limit", Limits);

    public void Refused(string limit) => _refused.Add(limit);
}
