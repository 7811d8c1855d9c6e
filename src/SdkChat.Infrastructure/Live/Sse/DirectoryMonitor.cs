using Microsoft.Extensions.Logging;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Tenants;
using SdkChat.Infrastructure.Workers;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>
/// Checks the open streams whenever tenants, keys or blocks have changed. A check that fails is repeated until it succeeds.
/// </summary>
internal abstract class DirectoryMonitor(TimeProvider clock, ILogger logger) : BackgroundWorker(logger), IDirectoryListener
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly AsyncSignal _changed = new();

    public void DirectoryChanged() => _changed.Set();

    /// <summary>Ends the streams that are no longer allowed.</summary>
    internal abstract Task CheckAsync(CancellationToken cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _changed.WaitAsync(stoppingToken);
            if (await TryAsync(CheckAsync, stoppingToken))
                continue;

            _changed.Set();
            await Task.Delay(RetryInterval, clock, stoppingToken);
        }
    }
}
