using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SdkChat.Infrastructure.Standby;
using SdkChat.Infrastructure.Storage;
using SdkChat.Infrastructure.Telemetry;

namespace SdkChat.Infrastructure.Composition;

/// <summary>Registers history reads, and the standby that they use if one is configured.</summary>
internal static class StandbyServices
{
    public static IServiceCollection AddHistoryStandby(this IServiceCollection services)
    {
        services.AddSingleton<StandbyConnections>();
        services.AddSingleton(provider => new TenantChanges(provider.GetRequiredService<TimeProvider>())
        {
            IsRecording = provider.GetRequiredService<StandbyConnections>().IsConfigured,
        });
        services.AddSingleton(provider => new StandbyState(
            provider.GetRequiredService<TimeProvider>(),
            TimeSpan.FromSeconds(provider.GetRequiredService<IOptions<DatabaseOptions>>().Value.StandbyMaxLagSeconds)));
        services.AddMetricSeries<StandbyMetrics>();
        services.AddSingleton(provider => new HistoryDatabase(provider.GetRequiredService<Database>(), CreateStandby(provider)));
        services.AddHostedService<StandbyMonitor>();
        return services;
    }

    private static HistoryStandby? CreateStandby(IServiceProvider provider) =>
        provider.GetRequiredService<StandbyConnections>() is { IsConfigured: true } connections
            ? ActivatorUtilities.CreateInstance<HistoryStandby>(provider, connections.Reads)
            : null;
}
