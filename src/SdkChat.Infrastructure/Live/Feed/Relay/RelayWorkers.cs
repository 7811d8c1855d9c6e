using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SdkChat.Infrastructure.Live.Feed.Relay;

/// <summary>Runs the background workers of the relay over Redis; none with another backplane.</summary>
internal sealed class RelayWorkers(IServiceProvider provider) : IHostedService
{
    private readonly IHostedService[] _services = RelaySetup.IsRedis(provider)
        ?
        [
            provider.GetRequiredService<RelaySubscriptions>(),
            provider.GetRequiredService<RelayPublisher>(),
            provider.GetRequiredService<RelayElection>(),
        ]
        : [];

    public Task StartAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_services.Select(service => service.StartAsync(cancellationToken)));

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_services.Select(service => service.StopAsync(cancellationToken)));
}
