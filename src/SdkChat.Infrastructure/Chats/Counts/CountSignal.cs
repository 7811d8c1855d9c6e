using SdkChat.Infrastructure.Common;

namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>
/// When the counts are brought up to date: once this node has stored so many changes of chats, or a second after it has stored any, and
/// every 15 seconds for changes that stopped nodes did not count.
/// </summary>
internal sealed class CountSignal : IDisposable
{
    /// <summary>
    /// A reader looks at each pending row, a microsecond each; an update of the counts costs about as much as fifty kickoffs.
    /// </summary>
    public const int ManyChanges = 400;

    private const int IdleTicks = 15;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly AsyncSignal _signal = new();
    private readonly ITimer _timer;
    private int _changes;
    private int _ticks;

    public CountSignal(TimeProvider clock) => _timer = clock.CreateTimer(static state => ((CountSignal)state!).OnTick(), this, Tick, Tick);

    /// <summary>Call it after a chat or a change of one was stored. Costs next to nothing.</summary>
    public void ChatChanged()
    {
        if (Interlocked.Increment(ref _changes) == ManyChanges)
            _signal.Set();
    }

    /// <summary>Returns when there is reason to update the counts. What is added from then on is reason for the next time.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        await _signal.WaitAsync(cancellationToken);
        Interlocked.Exchange(ref _changes, 0);
    }

    /// <summary>Update again in a second: another node was updating, and may not have seen everything.</summary>
    public void RetryNextTick() => Interlocked.CompareExchange(ref _changes, 1, 0);

    public void Dispose() => _timer.Dispose();

    private void OnTick()
    {
        if (Volatile.Read(ref _changes) == 0 && ++_ticks < IdleTicks)
            return;

        _ticks = 0;
        _signal.Set();
    }
}
