using Microsoft.Extensions.DependencyInjection;
using SdkChat.Application.Auditing;
using SdkChat.Infrastructure.Telemetry;

namespace SdkChat.Infrastructure.Auditing;

/// <summary>Wires the record of who looked across tenants.</summary>
internal static class AuditServices
{
    public static IServiceCollection AddAuditing(this IServiceCollection services)
    {
        services.AddOptions<AuditOptions>().BindConfiguration(AuditOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddMetricSeries<AuditMetrics>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<IAuditTrail>(provider => provider.GetRequiredService<AuditTrail>());
        services.AddHostedService<AuditWriter>();
        return services;
    }
}
