using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Composition;

/// <summary>Registers the connection pools, the schema check and migrations.</summary>
internal static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddValidatedOptions<DatabaseOptions>(DatabaseOptions.Section);
        services.AddSingleton(provider => DataSourceFactory.Settings(
            provider.GetRequiredService<IConfiguration>().GetConnectionString(DatabaseConnection.Name),
            provider.GetRequiredService<IOptions<DatabaseOptions>>().Value));
        services.AddSingleton(provider => new TieredPool(provider.GetRequiredService<NpgsqlConnectionStringBuilder>(), "requests"));
        services.AddSingleton(
            provider => new Database(provider.GetRequiredService<TieredPool>(), provider.GetRequiredService<DatabaseFailures>()));
        services.AddMetrics();
        services.AddSingleton<DatabaseFailures>();
        services.AddSingleton<Heartbeat>();
        services.AddSingleton<SchemaCheck>();
        services.AddSchemaMigrator();
        services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database", tags: ["ready"]);
        return services;
    }

    public static IServiceCollection AddSchemaMigrator(this IServiceCollection services)
    {
        services.AddValidatedOptions<MigrationOptions>(MigrationOptions.Section);
        return services.AddTransient<SchemaMigrator>();
    }
}
