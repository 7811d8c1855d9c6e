using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Http.RateLimits;

/// <summary>
/// Limits all calls of an SDK key. The middleware applies it last: a call over the limit of its profile does not count here.
/// </summary>
internal sealed class KeyTotalPolicy(CallerBuckets buckets, RateLimitMetrics metrics) : IRateLimiterPolicy<CallerBucket>
{
    public const string Name = "key_total";

    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected => RefuseAsync;

    public RateLimitPartition<CallerBucket> GetPartition(HttpContext httpContext) => buckets.OfKey(httpContext);

    private ValueTask RefuseAsync(OnRejectedContext refused, CancellationToken cancellationToken)
    {
        metrics.Refused(Name);
        return new ValueTask(refused.HttpContext.WriteErrorAsync(ErrorCode.RateLimited));
    }
}
