using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace SdkChat.Api.Http.RateLimits;

/// <summary>
/// Limits invalid credentials by the address of the sender. It is not part of the middleware, since only authorization knows that a call
/// has one.
/// </summary>
internal sealed class FailedAuthenticationLimiter(CallerBuckets buckets, IOptions<RateLimitOptions> options, RateLimitMetrics metrics)
    : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, CallerBucket>(
        buckets.OfAddress);

    /// <returns>False if there were too many invalid credentials from this address.</returns>
    public bool TryAcquire(HttpContext http)
    {
        if (!options.Value.Enabled)
            return true;

        using var lease = _limiter.AttemptAcquire(http);
        if (!lease.IsAcquired)
            metrics.Refused(buckets.OfAddress(http).PartitionKey.Limit);
        return lease.IsAcquired;
    }

    /// <summary>Refuses a call if there were too many invalid credentials from its address. It takes nothing from the limit.</summary>
    public bool IsExceeded(HttpContext http)
    {
        if (!IsAtLimit(http))
            return false;

        metrics.Refused(buckets.OfAddress(http).PartitionKey.Limit);
        return true;
    }

    /// <summary>
    /// Whether there were too many invalid credentials from this address. Unlike <see cref="IsExceeded"/>, it counts no refusal.
    /// </summary>
    public bool IsAtLimit(HttpContext http) =>
        // Not a lease of 0 permits: it succeeds for a fraction of a token as well.
        options.Value.Enabled && _limiter.GetStatistics(http) is { CurrentAvailablePermits: 0 };

    public void Dispose() => _limiter.Dispose();
}
