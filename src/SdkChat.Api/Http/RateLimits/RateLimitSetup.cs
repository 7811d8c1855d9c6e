using Microsoft.Extensions.Options;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;
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
        services.AddSingleton<CallerLimits>();
        return services;
    }

    /// <summary>Runs after authorization: a caller without access gets that error, and only valid credentials identify a caller.</summary>
    public static IApplicationBuilder UseRateLimits(this IApplicationBuilder app)
    {
        var limits = app.ApplicationServices.GetRequiredService<CallerLimits>();
        return app.Use((context, next) => limits.TryAcquire(context) ? next(context) : context.WriteErrorAsync(ErrorCode.RateLimited));
    }
}
