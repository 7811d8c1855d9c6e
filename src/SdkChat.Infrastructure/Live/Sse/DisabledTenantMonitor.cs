using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Live;
using SdkChat.Application.Tenants;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Tenants;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>Ends the streams of tenants that are disabled or deleted, whenever the tenant cache has changed.</summary>
internal sealed partial class DisabledTenantMonitor(SseHub hub, ITenantDirectory tenants, TimeProvider clock, ILogger<DisabledTenantMonitor> logger)
    : BackgroundService, IDirectoryListener
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly AsyncSignal _changed = new();

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
                // Repeated until it succeeds: a disabled tenant must not keep its streams because one check failed.
                if (exception is not UnavailableException)
                    CheckFailed(exception);
                _changed.Set();
                await Task.Delay(RetryInterval, clock, stoppingToken);
            }
        }
    }

    internal async Task EndDisabledAsync(CancellationToken cancellationToken)
    {
        foreach (var tenant in hub.SubscribedTenants)
        {
            if (tenant != ProbeMessage.Tenant && await tenants.FindAsync(tenant, cancellationToken) is not { Enabled: true })
                hub.EndAll(tenant, StreamEndReason.TenantDisabled);
        }
    }

    [LoggerMessage(LogLevel.Error, "Checking for disabled tenants failed")]
    private partial void CheckFailed(Exception exception);
}
