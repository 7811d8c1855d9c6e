using System.Threading.RateLimiting;

namespace SdkChat.Api.Http.RateLimits;

/// <summary>
/// A token bucket of one limit, for all callers with the same slot. Callers that share a bucket do not notice it at these limits. In return
/// the memory is bounded, whatever number of keys, profiles or addresses callers send.
/// </summary>
/// <param name="Limit">The limit, as in <see cref="RateLimitMetrics"/>; empty for calls that are not limited.</param>
internal readonly record struct CallerBucket(string Limit, int Slot)
{
    public const int Slots = 16 * 1024;

    public static RateLimitPartition<CallerBucket> Unlimited { get; } = RateLimitPartition.GetNoLimiter(new CallerBucket("", 0));

    /// <param name="caller">A hash of the caller, randomized per process: callers cannot know which others share their slot.</param>
    public static RateLimitPartition<CallerBucket> Create(string limit, RateLimit rate, int caller) =>
        RateLimitPartition.GetTokenBucketLimiter(new CallerBucket(limit, (int)((uint)caller % Slots)), _ => rate.ToBucket());
}
