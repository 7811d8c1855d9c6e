using System.Threading.RateLimiting;

namespace SdkChat.Api.Http.RateLimits;

/// <summary>
/// One bucket a caller, in a fixed number of places. Callers that fall into the same place share its bucket, which at these limits
/// nobody notices; in return, however many keys, profiles or addresses somebody makes up, they take no more memory than that.
/// </summary>
internal sealed class CallerLimiter : IDisposable
{
    public const int Places = 16 * 1024;

    private readonly PartitionedRateLimiter<int> _places;

    public CallerLimiter(RateLimit limit)
    {
        var bucket = new TokenBucketRateLimiterOptions
        {
            TokenLimit = limit.Burst,
            TokensPerPeriod = limit.PerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        };
        _places = PartitionedRateLimiter.Create<int, int>(place => RateLimitPartition.GetTokenBucketLimiter(place, _ => bucket));
    }

    /// <param name="caller">A hash of who calls, of the process's own making: nobody outside can tell who shares a place with whom.</param>
    public bool Admits(int caller)
    {
        using var lease = _places.AttemptAcquire(PlaceOf(caller));
        return lease.IsAcquired;
    }

    public static int PlaceOf(int caller) => (int)((uint)caller % Places);

    public void Dispose() => _places.Dispose();
}
