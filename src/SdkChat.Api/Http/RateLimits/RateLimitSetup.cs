using Microsoft.Extensions.Options;
using SdkChat.Api.Http.Errors;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Telemetry;

namespace SdkChat.Api.Http.RateLimits;

/// <summary>Wires the limits. What is too much is answered with 429 and <c>Retry-After</c> (contract, section 2).</summary>
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

    /// <summary>After authorization: whoever may not call at all is told so, and only good credentials say who calls.</summary>
    public static IApplicationBuilder UseRateLimits(this IApplicationBuilder app)
    {
        var limits = app.ApplicationServices.GetRequiredService<CallerLimits>();
        return app.Use((context, next) => limits.Admits(context) ? next(context) : context.WriteErrorAsync(ErrorCode.RateLimited));
    }
}
