using SdkChat.Infrastructure.Common;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// Up to which instant the standby contains everything that was committed on the primary. <see cref="Standby.StandbyMonitor"/> finds it out
/// in rounds: it reads the primary's WAL position, and then waits until the standby has replayed it.
/// </summary>
internal sealed class StandbyState(TimeProvider clock, TimeSpan maxLag)
{
    /// <summary>How long a read waits for the standby to replay a change, and a round for its position. The primary answers after it.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(50);

    private const long Off = 0;

    private long _contains = Off;
    private volatile bool _keepsUp;
    private TaskCompletionSource _next = NewRound();

    /// <summary>Set when a read needs a round that has not begun.</summary>
    public AsyncSignal RoundWanted { get; } = new();

    /// <summary>The time for which the standby may lack commits; null if it is not in use.</summary>
    public TimeSpan? Lag => Volatile.Read(ref _contains) is var contains and not Off ? clock.GetElapsedTime(contains) : null;

    public bool IsUsable => Lag <= maxLag;

    /// <summary>
    /// Whether a read on the standby contains a change. If the standby keeps up with the primary, this waits for it to replay the change.
    /// </summary>
    public async ValueTask<bool> ContainsAsync(long change, CancellationToken cancellationToken)
    {
        if (!IsUsable)
            return false;
        if (Volatile.Read(ref _contains) > change)
            return true;
        if (!_keepsUp)
            return false;

        var round = Volatile.Read(ref _next).Task;
        RoundWanted.Set();
        await round.WaitAsync(MaxWait, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return IsUsable && Volatile.Read(ref _contains) > change;
    }

    /// <summary>Begins a round. Reads that ask from now on wait for the one after it.</summary>
    /// <returns>The instant of the round, and what to complete at its end.</returns>
    public (long At, TaskCompletionSource Round) BeginRound()
    {
        var round = Interlocked.Exchange(ref _next, NewRound());
        return (clock.GetTimestamp(), round);
    }

    /// <summary>The standby has replayed the position that a round read after this instant.</summary>
    public void Contains(long at) => Volatile.Write(ref _contains, at);

    /// <param name="keepsUp">Whether the standby replayed the position of the last round within <see cref="MaxWait"/>.</param>
    public void EndRound(bool keepsUp) => _keepsUp = keepsUp;

    /// <summary>Reads use the primary until a later round succeeds.</summary>
    public void SwitchOff() => Volatile.Write(ref _contains, Off);

    private static TaskCompletionSource NewRound() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
