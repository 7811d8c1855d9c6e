using Microsoft.Extensions.Logging;
using SdkChat.Infrastructure.Workers;

namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>
/// Keeps the counts behind the history lists up to date. Every node does so, one at a time. While none does, lists stay exact and become
/// slower.
/// </summary>
internal sealed class CountUpdateWorker(CountUpdater updater, TextUpdater texts, CountSignal signal, ILogger<CountUpdateWorker> logger)
    : BackgroundWorker(logger)
{
    protected override string Work => "Update of the history counts";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Changes that stopped nodes did not count are counted at once.
        do
        {
            if (!await TryAsync(ApplyPendingAsync, stoppingToken))
                signal.RetryNextTick();
            await signal.WaitAsync(stoppingToken);
        }
        while (!stoppingToken.IsCancellationRequested);
    }

    private async Task ApplyPendingAsync(CancellationToken cancellationToken)
    {
        if (await updater.RunAsync(cancellationToken) is CountUpdateResult.Busy or CountUpdateResult.Unfinished)
            signal.RetryNextTick();
        if (await texts.RunAsync(cancellationToken) is CountUpdateResult.Busy or CountUpdateResult.Unfinished)
            signal.RetryNextTick();
    }
}
