using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SdkChat.Application.Live;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Live;
using SdkChat.Infrastructure.Live.Feed;
using SdkChat.Infrastructure.Live.Feed.Relay;
using SdkChat.Infrastructure.Live.Probe;
using SdkChat.Infrastructure.Live.Sse;
using SdkChat.Infrastructure.Live.Waits;
using SdkChat.Infrastructure.Storage;
using SdkChat.Infrastructure.Telemetry;
using SdkChat.Infrastructure.Tenants;

namespace SdkChat.Infrastructure.Composition;

/// <summary>Registers the hub of streams and the change feed.</summary>
internal static class LiveServices
{
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddValidatedOptions<LiveOptions>(LiveOptions.Section);
        services.AddSingleton<IValidateOptions<LiveOptions>, LiveOptionsValidator>();
        return services.AddHub().AddFeed();
    }

    private static IServiceCollection AddHub(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddMetricSeries<LiveMetrics>();
        services.AddSingleton<ChatWatches>();
        services.AddSingleton<IChatWatches, WatchesWithHistory>();
        services.AddSingleton<IDirectoryListener>(provider => provider.GetRequiredService<ChatWatches>());
        services.AddSingleton<SseHub>();
        services.AddSingleton<ILiveHub>(provider => provider.GetRequiredService<SseHub>());
        services.AddSingleton<ILiveStreams, StreamsWithHistory>();
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
