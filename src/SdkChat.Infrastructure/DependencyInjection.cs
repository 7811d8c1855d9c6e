using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Composition;

namespace SdkChat.Infrastructure;

/// <summary>Registers the adapters of the application's ports, a line for each feature. Their order does not matter.</summary>
public static class DependencyInjection
{
    public static IServiceCollection AddInfrastructure(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddHostedService<RenamedSettings>();
        services.AddHostedService<UnknownSettings>();
        return services
            .AddStorage()
            .AddHistoryStandby()
            .AddTenants()
            .AddApiKeys()
            .AddScreens()
            .AddProfiles()
            .AddChats()
            .AddPipelines()
            .AddLive()
            .AddNodes()
            .AddAuditing();
    }

    /// <summary>Registers only migrations, for a command that does nothing else.</summary>
    public static IServiceCollection AddMigrations(this IServiceCollection services) => services.AddSchemaMigrator();
}
