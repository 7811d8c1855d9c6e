using Microsoft.Extensions.Hosting;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>
/// Collects garbage after many streams were opened or ended. Open streams allocate almost nothing, and the garbage collector is triggered
/// by allocations: an idle node would otherwise keep the memory of its peak (docs/decisions/0046).
/// </summary>
internal sealed class IdleGarbageCollector(SseHub hub, TimeProvider clock) : BackgroundService
{
    /// <summary>Fewer streams than this are not worth a collection.</summary>
    private const int MinTurnover = 1000;

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

    /// <summary>Whether enough streams were opened or ended since the last collection, and almost none in the last second.</summary>
    internal bool IsTime(long turnover, int open)
    {
        var isCalm = turnover - _then < MinTurnover / 10;
        _then = turnover;
        if (!isCalm || turnover - _atLastCollection < Math.Max(MinTurnover, open / 2))
            return false;

        _atLastCollection = turnover;
        return true;
    }
}
