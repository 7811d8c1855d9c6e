using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;
using SdkChat.Application.Chats;
using SdkChat.Application.Chats.Idempotency;
using SdkChat.Application.Live;
using SdkChat.Application.Profiles;
using SdkChat.Application.Tenants;
using SdkChat.Infrastructure.Auditing;
using SdkChat.Infrastructure.Chats;
using SdkChat.Infrastructure.Chats.Statistics;
using SdkChat.Infrastructure.Chats.Idempotency;
using SdkChat.Infrastructure.Chats.Search;
using SdkChat.Infrastructure.Chats.Tally;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Live;
using SdkChat.Infrastructure.Live.Feed;
using SdkChat.Infrastructure.Live.Feed.Relay;
using SdkChat.Infrastructure.Live.Sse;
using SdkChat.Infrastructure.Live.Probe;
using SdkChat.Infrastructure.Nodes;
using SdkChat.Infrastructure.Pipelines;
using SdkChat.Infrastructure.Profiles;
using SdkChat.Infrastructure.Retention;
using SdkChat.Infrastructure.Storage;
using SdkChat.Infrastructure.Telemetry;
using SdkChat.Infrastructure.Tenants;

namespace SdkChat.Infrastructure;

/// <summary>Wires storage and the ports that it implements.</summary>
public static class DependencyInjection
{
    /// <summary>The name of the service's connection string (<c>ConnectionStrings__SdkChat</c>).</summary>
    public const string ConnectionStringName = "SdkChat";

    public static IServiceCollection AddInfrastructure(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services.AddStorage().AddTenants().AddApiKeys().AddProfiles().AddChats().AddPipelines().AddLive().AddNodes().AddAuditing();
    }

    private static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddValidatedOptions<DatabaseOptions>(DatabaseOptions.Section);
        services.AddSingleton(provider => DataSourceFactory.Settings(
            provider.GetRequiredService<IConfiguration>().GetConnectionString(ConnectionStringName),
            provider.GetRequiredService<IOptions<DatabaseOptions>>().Value));
        services.AddSingleton(provider => new TieredPool(provider.GetRequiredService<NpgsqlConnectionStringBuilder>(), "requests"));
        services.AddSingleton(provider => new Database(provider.GetRequiredService<TieredPool>(), provider.GetRequiredService<DatabaseFailures>()));
        services.AddMetrics();
        services.AddSingleton<DatabaseFailures>();
        services.AddSingleton<Heartbeat>();
        services.AddSingleton<SchemaCheck>();
        services.AddMigrations();
        services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database", tags: ["ready"]);
        return services;
    }

    /// <summary>By itself, for a verb that does nothing else.</summary>
    public static IServiceCollection AddMigrations(this IServiceCollection services)
    {
        services.AddValidatedOptions<MigrationOptions>(MigrationOptions.Section);
        return services.AddTransient<SchemaMigrator>();
    }

    private static IServiceCollection AddTenants(this IServiceCollection services)
    {
        services.AddSingleton<TenantDirectory>();
        services.AddSingleton<ITenantDirectory>(provider => provider.GetRequiredService<TenantDirectory>());
        services.AddSingleton<IDirectoryCache>(provider => provider.GetRequiredService<TenantDirectory>());
        services.AddSingleton<ITenantRegistry, TenantRegistry>();
        services.AddHostedService<DirectoryPoller>();
        services.AddSingleton<BlockCache>();
        services.AddSingleton<IBlockCache>(provider => provider.GetRequiredService<BlockCache>());
        services.AddSingleton<IDirectoryCache>(provider => provider.GetRequiredService<BlockCache>());
        services.AddSingleton<IBlockRepository, BlockRepository>();
        services.AddHostedService<BlockPurge>();
        return services;
    }

    private static IServiceCollection AddApiKeys(this IServiceCollection services)
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

    private static IServiceCollection AddProfiles(this IServiceCollection services)
    {
        services.AddSingleton(provider => new DocumentGate(provider.GetRequiredService<NpgsqlConnectionStringBuilder>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IProfileRepository, ProfileRepository>();
        services.AddSingleton<IProfileSessions, ProfileSessions>();
        services.AddSingleton<IErasures, Erasures>();
        return services.AddRetention();
    }

    private static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddValidatedOptions<RetentionOptions>(RetentionOptions.Section);
        services.AddSingleton<RetentionPurge>();
        services.AddHostedService<RetentionWorker>();
        return services;
    }

    private static IServiceCollection AddChats(this IServiceCollection services)
    {
        services.AddScoped<ResultMemory>();
        services.AddScoped<ChatHistory>();
        services.AddScoped<IChatHistory>(provider => provider.GetRequiredService<ChatHistory>());
        services.AddScoped<ICrossTenantChatHistory>(provider => provider.GetRequiredService<ChatHistory>());
        services.AddScoped<IChatStatistics, ChatStatistics>();
        services.AddScoped<ICrossTenantChatStatistics, ChatStatistics>();
        services.AddSingleton<IChatRepository, ChatRepository>();

        services.AddValidatedOptions<IdempotencyOptions>(IdempotencyOptions.Section);
        services.AddSingleton<WishRecords>();
        services.AddSingleton<IIdempotencyStore>(provider => provider.GetRequiredService<WishRecords>());
        services.AddHostedService<WishPurge>();
        services.AddSingleton(provider => new SearchIndex(provider.GetRequiredService<Database>(), SearchIndexShape.Default));
        services.AddHostedService<SearchIndexWorker>();
        return services.AddTally();
    }

    private static IServiceCollection AddTally(this IServiceCollection services)
    {
        services.AddSingleton<TallySignal>();
        services.AddSingleton(TallyShape.Default);
        services.AddSingleton<TallyFold>();
        services.AddSingleton(provider => new ChatTally(
            provider.GetRequiredService<Database>(), provider.GetRequiredService<TallyShape>(), provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<TallyFolder>();
        return services;
    }

    private static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddValidatedOptions<LiveOptions>(LiveOptions.Section);
        services.AddSingleton<IValidateOptions<LiveOptions>, LiveOptionsValidator>();
        return services.AddHub().AddFeed();
    }

    private static IServiceCollection AddHub(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddMetricSeries<LiveMetrics>();
        services.AddSingleton<SseHub>();
        services.AddSingleton<ILiveHub>(provider => provider.GetRequiredService<SseHub>());
        services.AddSingleton<ILiveStreams>(provider => provider.GetRequiredService<SseHub>());
        services.AddSingleton<IProbeChannel>(provider => provider.GetRequiredService<SseHub>());
        services.AddSingleton<ISubscribedTenants>(provider => provider.GetRequiredService<SseHub>());
        services.AddSingleton<StopCause>();
        services.AddHostedService<StreamDrain>();
        services.AddHealthChecks().AddCheck<StoppingHealthCheck>("stopping", tags: ["ready"]);
        services.AddHostedService<IdleGarbageCollector>();
        services.AddSingleton<DisabledTenantMonitor>();
        services.AddSingleton<IDirectoryListener>(provider => provider.GetRequiredService<DisabledTenantMonitor>());
        services.AddHostedService(provider => provider.GetRequiredService<DisabledTenantMonitor>());
        services.AddSingleton<BlockedSubjectMonitor>();
        services.AddSingleton<IDirectoryListener>(provider => provider.GetRequiredService<BlockedSubjectMonitor>());
        services.AddHostedService(provider => provider.GetRequiredService<BlockedSubjectMonitor>());
        return services;
    }

    private static IServiceCollection AddFeed(this IServiceCollection services)
    {
        services.AddSingleton<FeedConnections>();
        services.AddSingleton(provider => new FeedTakeover(provider.GetRequiredService<Database>()));
        services.AddSingleton<FeedLiveness>();
        services.AddSingleton<FeedSchedule>();
        services.AddSingleton<EventDispatcher>();
        services.AddSingleton<EventNotifier>();
        services.AddSingleton<IEventSignal, EventSignal>();
        services.AddHostedService<EventFeed>();
        services.AddHostedService<FeedWatchdog>();
        services.AddHostedService(provider => provider.GetRequiredService<EventNotifier>());
        services.AddHostedService<EventListener>();
        services.AddHostedService<EventPurge>();
        services.AddSingleton<ProbeStatus>();
        services.AddHostedService<DeliveryProbe>();
        services.AddHealthChecks().AddCheck<DeliveryHealthCheck>("delivery", tags: ["ready"]);
        return services.AddRelay();
    }
}
