using SdkChat.Infrastructure.Live;

namespace SdkChat.Infrastructure.Chats.Tally;

/// <summary>
/// When the folder folds: once this node has added so many chats, or a second after it has added any, and now and then for
/// what others have left behind.
/// </summary>
internal sealed class TallySignal : IDisposable
{
    /// <summary>A reader looks at each row that is not counted yet, half a microsecond each; a fold costs about as much as fifty kickoffs.</summary>
    public const int ManyChats = 250;

    private const int IdleTicks = 15;

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly WakeUp _bell = new();
    private readonly ITimer _timer;
    private int _added;
    private int _ticks;

    public TallySignal(TimeProvider clock) => _timer = clock.CreateTimer(static state => ((TallySignal)state!).OnTick(), this, Tick, Tick);

    /// <summary>Call it after a chat was stored. Costs next to nothing.</summary>
    public void ChatAdded()
    {
        if (Interlocked.Increment(ref _added) == ManyChats)
            _bell.Set();
    }

    /// <summary>Returns when there is reason to fold. What is added from then on is reason for the next time.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        await _bell.WaitAsync(cancellationToken);
        Interlocked.Exchange(ref _added, 0);
    }

    /// <summary>Fold again in a second: somebody else was at it, and may not have seen all.</summary>
    public void Remember() => Interlocked.CompareExchange(ref _added, 1, 0);

    public void Dispose() => _timer.Dispose();

    private void OnTick()
    {
        if (Volatile.Read(ref _added) == 0 && ++_ticks < IdleTicks)
            return;

        _ticks = 0;
        _bell.Set();
    }
}
