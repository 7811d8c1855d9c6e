using System.Threading.RateLimiting;

namespace SdkChat.Api.Http.RateLimits;

/// <summary>
/// Token buckets of callers, in a fixed number of slots. Callers with the same slot share its bucket, which has no noticeable effect at
/// these limits. In return the memory is bounded, whatever number of keys, profiles or addresses callers send.
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

    /// <param name="caller">A hash of the caller, randomized per process: callers cannot know which others share their slot.</param>
    public bool TryAcquire(int caller)
    {
        using var lease = _places.AttemptAcquire(PlaceOf(caller));
        return lease.IsAcquired;
    }

    public static int PlaceOf(int caller) => (int)((uint)caller % Places);

    public void Dispose() => _places.Dispose();
}
