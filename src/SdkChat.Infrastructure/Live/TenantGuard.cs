using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Live;
using SdkChat.Application.Tenants;
using SdkChat.Infrastructure.Tenants;

namespace SdkChat.Infrastructure.Live;

/// <summary>Ends the streams of a tenant that has been disabled, as soon as the directory says so.</summary>
internal sealed partial class TenantGuard(ILiveHub hub, ITenantDirectory tenants, TimeProvider clock, ILogger<TenantGuard> logger)
    : BackgroundService, IDirectoryListener
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Channel<byte> _changed = Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void DirectoryChanged() => _changed.Writer.TryWrite(0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in _changed.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await CheckAsync(stoppingToken);
            }
            catch (UnavailableException exception)
            {
                CheckFailed(exception.InnerException?.Message);
                await Task.Delay(RetryAfter, clock, stoppingToken);
                DirectoryChanged();
            }
        }
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        foreach (var tenant in hub.Watched)
        {
            if (await tenants.FindAsync(tenant, cancellationToken) is not { Enabled: true })
                hub.End(tenant, StreamEndReason.TenantDisabled);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Whether watched tenants are enabled could not be read: {Reason}")]
    private partial void CheckFailed(string? reason);
}
