using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace SdkChat.Api.Http.RateLimits;

/// <summary>
/// Limits invalid credentials by the address of the sender. It is not part of the middleware, since only authorization knows that a call has
/// one.
/// </summary>
internal sealed class FailedAuthenticationLimiter(CallerBuckets buckets, IOptions<RateLimitOptions> options, RateLimitMetrics metrics) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, CallerBucket>(buckets.OfAddress);

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

    /// <summary>Whether there were too many invalid credentials from this address. It takes nothing from the limit.</summary>
    public bool IsExceeded(HttpContext http)
    {
        // Not a lease of 0 permits: it succeeds for a fraction of a token as well.
        if (!options.Value.Enabled || _limiter.GetStatistics(http) is not { CurrentAvailablePermits: 0 })
            return false;

        metrics.Refused(buckets.OfAddress(http).PartitionKey.Limit);
        return true;
    }

    public void Dispose() => _limiter.Dispose();
}
