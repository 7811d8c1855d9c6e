using Microsoft.Extensions.Logging;
using SdkChat.Infrastructure.Workers;

namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>
/// Keeps the counts behind the history lists up to date. Every node does so, one at a time. While none does, lists stay exact and become
/// slower. Each update is followed by a pause, so that writers have most of the time; the more is pending at once, the less an update costs
/// for each change (docs/decisions/0061).
/// </summary>
internal sealed class CountUpdateWorker(
    CountUpdater updater, TextUpdater texts, CountSignal signal, TimeProvider clock, ILogger<CountUpdateWorker> logger)
    : BackgroundWorker(logger)
{
    private const int PausePerWork = 9;

    /// <summary>A list reads what is pending, a thousand changes in about a millisecond.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    protected override string Work => "Update of the history counts";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Changes that stopped nodes did not count are counted at once.
        do
        {
            var began = clock.GetTimestamp();
            if (!await TryAsync(ApplyPendingAsync, stoppingToken))
                signal.RetryNextTick();
            await Task.Delay(PauseAfter(clock.GetElapsedTime(began)), clock, stoppingToken);
            await signal.WaitAsync(stoppingToken);
        }
        while (!stoppingToken.IsCancellationRequested);
    }

    /// <param name="update">How long an update took.</param>
    internal static TimeSpan PauseAfter(TimeSpan update) =>
        update * PausePerWork < LongestPause ? update * PausePerWork : LongestPause;

    private async Task ApplyPendingAsync(CancellationToken cancellationToken)
    {
        if (await updater.RunAsync(cancellationToken) is CountUpdateResult.Busy or CountUpdateResult.Unfinished)
            signal.RetryNextTick();
        if (await texts.RunAsync(cancellationToken) is CountUpdateResult.Busy or CountUpdateResult.Unfinished)
            signal.RetryNextTick();
    }
}
