using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Api.Http.RateLimits;

/// <summary>Configures the framework's rate limiter: the limit of each caller, and <see cref="KeyTotalPolicy"/>.</summary>
internal sealed class RateLimiterSetup(CallerBuckets buckets, RateLimitMetrics metrics) : IConfigureOptions<RateLimiterOptions>
{
    public void Configure(RateLimiterOptions options)
    {
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, CallerBucket>(buckets.OfCaller);
        options.AddPolicy<CallerBucket, KeyTotalPolicy>(KeyTotalPolicy.Name);
        options.OnRejected = RefuseAsync;
    }

    private ValueTask RefuseAsync(OnRejectedContext refused, CancellationToken cancellationToken)
    {
        metrics.Refused(buckets.OfCaller(refused.HttpContext).PartitionKey.Limit);
        return new ValueTask(refused.HttpContext.WriteErrorAsync(ErrorCode.RateLimited));
    }
}
