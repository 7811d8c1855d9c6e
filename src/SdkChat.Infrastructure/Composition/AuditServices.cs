using Microsoft.Extensions.DependencyInjection;
using SdkChat.Application.Auditing;
using SdkChat.Infrastructure.Auditing;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Telemetry;

namespace SdkChat.Infrastructure.Composition;

/// <summary>Registers the audit trail.</summary>
internal static class AuditServices
{
    public static IServiceCollection AddAuditing(this IServiceCollection services)
    {
        services.AddValidatedOptions<AuditOptions>(AuditOptions.Section);
        services.AddMetricSeries<AuditMetrics>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<IAuditTrail>(provider => provider.GetRequiredService<AuditTrail>());
        services.AddHostedService<AuditWriter>();
        services.AddSingleton<IAuditStore, AuditStore>();
        services.AddSingleton<AuditReader>();
        services.AddSingleton<IAuditReader>(provider => provider.GetRequiredService<AuditReader>());
        services.AddSingleton<ICrossTenantAuditReader>(provider => provider.GetRequiredService<AuditReader>());
        return services;
    }
}
