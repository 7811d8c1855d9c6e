using Microsoft.Extensions.Hosting;

namespace SdkChat.Infrastructure.Live.Hub;

/// <summary>
/// Has the garbage of many openings or partings collected once they are over. Open streams allocate next to nothing, so the
/// collector, which counts allocations, would let a node that is only idle keep for ever what its busiest moment took.
/// </summary>
internal sealed class IdleMemory(SseHub hub, TimeProvider clock) : BackgroundService
{
    /// <summary>Fewer streams than this are not worth a pause.</summary>
    private const int Many = 1000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long _then;
    private long _atLastCollection;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (IsTime(hub.Turnover, hub.Open))
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        }
    }

    /// <summary>Whether so many streams have come or gone since the last time, and next to none in the last second, that it pays.</summary>
    internal bool IsTime(long turnover, int open)
    {
        var isCalm = turnover - _then < Many / 10;
        _then = turnover;
        if (!isCalm || turnover - _atLastCollection < Math.Max(Many, open / 2))
            return false;

        _atLastCollection = turnover;
        return true;
    }
}
