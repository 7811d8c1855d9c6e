using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Live;
using SdkChat.Application.Tenants;
using SdkChat.Infrastructure.Live.Probe;
using SdkChat.Infrastructure.Tenants;

namespace SdkChat.Infrastructure.Live.Hub;

/// <summary>Ends the streams of tenants that are disabled or gone, whenever the directory has changed.</summary>
internal sealed partial class TenantWatch(SseHub hub, ITenantDirectory tenants, TimeProvider clock, ILogger<TenantWatch> logger)
    : BackgroundService, IDirectoryListener
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly WakeUp _changed = new();

    public void DirectoryChanged() => _changed.Set();


    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _changed.WaitAsync(stoppingToken);
            try
            {
                await EndDisabledAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Not done is not good enough: a disabled tenant must not go on watching because one look failed.
                if (exception is not UnavailableException)
                    LookFailed(exception);
                _changed.Set();
                await Task.Delay(Again, clock, stoppingToken);
            }
        }
    }

    internal async Task EndDisabledAsync(CancellationToken cancellationToken)
    {
        foreach (var tenant in hub.Watched)
        {
            if (tenant != ProbeSent.Nobody && await tenants.FindAsync(tenant, cancellationToken) is not { Enabled: true })
                hub.EndAll(tenant, StreamEndReason.TenantDisabled);
        }
    }

    [LoggerMessage(LogLevel.Error, "Looking for disabled tenants failed")]
    private partial void LookFailed(Exception exception);
}
