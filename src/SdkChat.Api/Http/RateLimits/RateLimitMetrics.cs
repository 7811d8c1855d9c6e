using System.Diagnostics.Metrics;

namespace SdkChat.Api.Http.RateLimits;

/// <summary>Which limits are met, and how often.</summary>
internal sealed class RateLimitMetrics(IMeterFactory meters)
{
    public const string MeterName = "SdkChat.Http";

    private readonly Counter<long> _refused = meters.Create(MeterName).CreateCounter<long>(
        "sdkchat.ratelimit.refused", "{request}", "Requests that were over a limit, by limit (profile, key, key_total, admin, failed_authentication).");

    public void Refused(string limit) => _refused.Add(1, KeyValuePair.Create<string, object?>("limit", limit));
}
