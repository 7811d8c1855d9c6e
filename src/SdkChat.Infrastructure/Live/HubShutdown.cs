using Microsoft.Extensions.Hosting;

namespace SdkChat.Infrastructure.Live;

/// <summary>Ends all streams when the host begins to stop: the server would wait for them otherwise, until its time-out.</summary>
internal sealed class HubShutdown(SseHub hub, IHostApplicationLifetime lifetime) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(hub.Stop);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
