using Microsoft.Extensions.DependencyInjection;
using SdkChat.Application.Auditing;

namespace SdkChat.Infrastructure.Auditing;

/// <summary>Wires the record of who looked across tenants.</summary>
internal static class AuditServices
{
    public static IServiceCollection AddAuditing(this IServiceCollection services)
    {
        services.AddOptions<AuditOptions>().BindConfiguration(AuditOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AuditMetrics>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<IAuditTrail>(provider => provider.GetRequiredService<AuditTrail>());
        services.AddHostedService<AuditWriter>();
        return services;
    }
}
