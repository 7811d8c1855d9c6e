using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Telemetry;

namespace SdkChat.Api.Http.RateLimits;

/// <summary>Registers the rate limits. Calls over a limit get 429 and <c>Retry-After</c> (contract, section 2).</summary>
public static class RateLimitSetup
{
    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        services.AddValidatedOptions<RateLimitOptions>(RateLimitOptions.Section);
        services.AddSingleton<IValidateOptions<RateLimitOptions>, RateLimitOptionsValidator>();
        services.AddMetricSeries<RateLimitMetrics>();
        services.AddSingleton<CallerBuckets>();
        services.AddSingleton<FailedAuthenticationLimiter>();
        services.AddSingleton<ScreenReadAllowance>();
        services.AddSingleton<IConfigureOptions<RateLimiterOptions>, RateLimiterSetup>();
        return services.AddRateLimiter(_ => { });
    }

    /// <summary>Runs after authorization: a caller without access gets that error, and only valid credentials identify a caller.</summary>
    public static IApplicationBuilder UseRateLimits(this IApplicationBuilder app) =>
        app.ApplicationServices.GetRequiredService<IOptions<RateLimitOptions>>().Value.Enabled ? app.UseRateLimiter() : app;
}
