using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using SdkChat.Infrastructure.Common;

namespace SdkChat.Api.Http.Origins;

/// <summary>Registers the Origin gate and CORS.</summary>
public static class OriginSetup
{
    public static IServiceCollection AddOrigins(this IServiceCollection services)
    {
        services.AddValidatedOptions<CorsSettings>(CorsSettings.Section);
        services.AddSingleton<IValidateOptions<CorsSettings>, CorsSettingsValidator>();
        services.AddCors();
        services.AddSingleton<ICorsPolicyProvider, CorsPolicies>();
        return services;
    }

    /// <summary>The gate runs before CORS: a refused origin gets no permission to read the error, preflights included.</summary>
    public static IApplicationBuilder UseOrigins(this IApplicationBuilder app) =>
        app.UseMiddleware<OriginGate>().UsePreflightBound().UseCors();
}
