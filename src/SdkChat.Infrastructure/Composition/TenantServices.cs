using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SdkChat.Application.FloorPlans;
using SdkChat.Application.Screens;
using SdkChat.Application.Tenants;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.FloorPlans;
using SdkChat.Infrastructure.Screens;
using SdkChat.Infrastructure.Tenants;

namespace SdkChat.Infrastructure.Composition;

/// <summary>Registers tenants, API keys, blocked subjects, screens and floor plans.</summary>
internal static class TenantServices
{
    public static IServiceCollection AddTenants(this IServiceCollection services)
    {
        services.AddSingleton<TenantCodes>();
        services.AddSingleton<TenantCache>();
        services.AddSingleton<ITenantCache>(provider => provider.GetRequiredService<TenantCache>());
        services.AddSingleton<IDirectoryCache>(provider => provider.GetRequiredService<TenantCache>());
        services.AddSingleton<ITenantRepository, TenantRepository>();
        services.AddSingleton<ITenantOverviews, TenantOverviews>();
        services.AddHostedService<DirectoryPoller>();
        services.AddSingleton<BlockCache>();
        services.AddSingleton<IBlockCache>(provider => provider.GetRequiredService<BlockCache>());
        services.AddSingleton<IDirectoryCache>(provider => provider.GetRequiredService<BlockCache>());
        services.AddSingleton<IBlockRepository, BlockRepository>();
        services.AddHostedService<BlockPurge>();
        services.AddSingleton<IFloorPlanRepository, FloorPlanRepository>();
        return services;
    }

    public static IServiceCollection AddScreens(this IServiceCollection services)
    {
        services.AddSingleton<ScreenRepository>();
        services.AddSingleton<IScreenRepository>(provider => provider.GetRequiredService<ScreenRepository>());
        services.AddSingleton<IScreenSecrets>(provider => provider.GetRequiredService<ScreenRepository>());
        services.AddSingleton<ScreenUses>();
        services.AddHostedService<ScreenUseWriter>();
        services.AddSingleton<ScreenCache>();
        services.AddSingleton<IScreenCache>(provider => provider.GetRequiredService<ScreenCache>());
        services.AddSingleton<IDirectoryCache>(provider => provider.GetRequiredService<ScreenCache>());
        return services;
    }

    public static IServiceCollection AddApiKeys(this IServiceCollection services)
    {
        services.AddValidatedOptions<ApiKeysOptions>(ApiKeysOptions.Section);
        services.AddSingleton<ApiKeyUses>();
        services.AddSingleton<ApiKeyCache>();
        services.TryAddSingleton<IApiKeyCache>(provider => provider.GetRequiredService<ApiKeyCache>());
        services.AddSingleton<IDirectoryCache>(provider => provider.GetRequiredService<ApiKeyCache>());
        services.AddSingleton<IApiKeyRepository, ApiKeyRepository>();
        services.AddHostedService<ApiKeyUseWriter>();
        return services;
    }
}
