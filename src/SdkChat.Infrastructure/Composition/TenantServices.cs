using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SdkChat.Application.Tenants;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Tenants;

namespace SdkChat.Infrastructure.Composition;

/// <summary>Registers tenants, API keys and blocked subjects.</summary>
internal static class TenantServices
{
    public static IServiceCollection AddTenants(this IServiceCollection services)
    {
        services.AddSingleton<TenantDirectory>();
        services.AddSingleton<ITenantDirectory>(provider => provider.GetRequiredService<TenantDirectory>());
        services.AddSingleton<IDirectoryCache>(provider => provider.GetRequiredService<TenantDirectory>());
        services.AddSingleton<ITenantRegistry, TenantRegistry>();
        services.AddSingleton<ITenantOverviews, TenantOverviews>();
        services.AddHostedService<DirectoryPoller>();
        services.AddSingleton<BlockCache>();
        services.AddSingleton<IBlockCache>(provider => provider.GetRequiredService<BlockCache>());
        services.AddSingleton<IDirectoryCache>(provider => provider.GetRequiredService<BlockCache>());
        services.AddSingleton<IBlockRepository, BlockRepository>();
        services.AddHostedService<BlockPurge>();
        return services;
    }

    public static IServiceCollection AddApiKeys(this IServiceCollection services)
    {
        services.AddValidatedOptions<ApiKeysOptions>(ApiKeysOptions.Section);
        services.AddSingleton<ApiKeyUses>();
        services.AddSingleton<ApiKeyDirectory>();
        services.TryAddSingleton<IApiKeyDirectory>(provider => provider.GetRequiredService<ApiKeyDirectory>());
        services.AddSingleton<IDirectoryCache>(provider => provider.GetRequiredService<ApiKeyDirectory>());
        services.AddSingleton<IApiKeyRegistry, ApiKeyRegistry>();
        services.AddHostedService<ApiKeyUseWriter>();
        return services;
    }
}
