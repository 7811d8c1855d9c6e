using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Live;
using SdkChat.Application.Tenants;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Tenants;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>Ends the streams of blocked users, whenever the directory has changed.</summary>
internal sealed partial class BlockedSubjectMonitor(SseHub hub, IBlockCache blocks, TimeProvider clock, ILogger<BlockedSubjectMonitor> logger)
    : BackgroundService, IDirectoryListener
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly AsyncSignal _changed = new();

    public void DirectoryChanged() => _changed.Set();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _changed.WaitAsync(stoppingToken);
            try
            {
                await EndBlockedAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Tried again until it succeeds: a blocked user must not go on watching because one check failed.
                if (exception is not UnavailableException)
                    CheckFailed(exception);
                _changed.Set();
                await Task.Delay(RetryAfter, clock, stoppingToken);
            }
        }
    }

    internal async Task EndBlockedAsync(CancellationToken cancellationToken)
    {
        foreach (var stream in hub.Streams())
        {
            if (stream.Subject is { } subject && await blocks.IsBlockedAsync(stream.Tenant, subject, cancellationToken))
                stream.End(StreamEndReason.Blocked);
        }
    }

    [LoggerMessage(LogLevel.Error, "Checking open streams for blocked users failed")]
    private partial void CheckFailed(Exception exception);
}
