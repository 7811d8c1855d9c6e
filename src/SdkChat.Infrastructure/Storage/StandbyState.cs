using SdkChat.Infrastructure.Common;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// Up to which instant the standby contains everything that was committed on the primary. <see cref="Standby.StandbyMonitor"/> finds it out
/// in rounds: it reads the primary's WAL position, and then waits until the standby has replayed it.
/// </summary>
internal sealed class StandbyState(TimeProvider clock, TimeSpan maxLag)
{
    /// <summary>
    /// How long a read waits for the standby to replay a change, and a round for its position. The primary answers after it.
    /// </summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(50);

    /// <summary>Why the standby is not used at first.</summary>
    public const string NotYetKnown = "its lag is not known yet: it has not replayed what the primary had written when this node started";

    public const string NotReplayed = "it has not replayed the primary's WAL within Database:StandbyMaxLagSeconds";

    private const long Off = 0;

    private readonly Lock _gate = new();
    private readonly StandbyPause _pause = new(clock);

    private long _contains = Off;
    private volatile bool _keepsUp;
    private TaskCompletionSource _next = NewRound();

    /// <summary>Increases whenever the use ends.</summary>
    private int _generation;

    private string _reason = NotYetKnown;

    /// <summary>Set when a read needs a round that has not begun.</summary>
    public AsyncSignal RoundWanted { get; } = new();

    /// <summary>The time for which the standby may lack commits; null if it is not in use.</summary>
    public TimeSpan? Lag => Volatile.Read(ref _contains) is var contains and not Off ? clock.GetElapsedTime(contains) : null;

    public bool IsUsable => Lag <= maxLag;

    /// <returns>The lag, and why reads do not use the standby; null if they do.</returns>
    public (TimeSpan? Lag, string? NotUsed) GetUse()
    {
        lock (_gate)
        {
            var lag = Lag;
            return (lag, lag is null ? _reason : lag <= maxLag ? null : NotReplayed);
        }
    }

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
    /// <returns>The round, and what to complete at its end.</returns>
    public (StandbyRound Round, TaskCompletionSource End) BeginRound()
    {
        var end = Interlocked.Exchange(ref _next, NewRound());
        return (new StandbyRound(clock.GetTimestamp(), Volatile.Read(ref _generation)), end);
    }

    /// <summary>
    /// The standby has replayed the position that a round read after this instant. Nothing changes if the use ended after
    /// <paramref name="round"/> began, which may have missed the cause, or during the pause after reads failed.
    /// </summary>
    public void Contains(long at, StandbyRound round)
    {
        lock (_gate)
        {
            if (round.Generation == _generation && _pause.IsOver)
                Volatile.Write(ref _contains, at);
        }
    }

    /// <param name="keepsUp">Whether the standby replayed the position of the last round within <see cref="MaxWait"/>.</param>
    public void EndRound(bool keepsUp) => _keepsUp = keepsUp;

    /// <summary>Reads use the primary until a round that begins later succeeds.</summary>
    public void SwitchOff(string reason)
    {
        lock (_gate)
            End(reason);
    }

    /// <summary>Switches off after a failed read, until a round that begins after a pause succeeds (<see cref="StandbyPause"/>).</summary>
    public void ReadFailed(string reason)
    {
        lock (_gate)
        {
            // Reads that were under way fail together, and only the first of them ends the use.
            if (_contains == Off)
                return;
            _pause.Begin();
            End(reason);
        }
    }

    /// <summary>A read succeeded: the next failure is the first.</summary>
    public void ReadSucceeded()
    {
        // Only while in use: a read that began before it ended says nothing of the failure.
        if (!_pause.HasFailures || Volatile.Read(ref _contains) == Off)
            return;

        lock (_gate)
        {
            if (_contains != Off)
                _pause.Reset();
        }
    }

    private void End(string reason)
    {
        _reason = reason;
        Volatile.Write(ref _contains, Off);
        _generation++;
    }

    private static TaskCompletionSource NewRound() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>A round of the monitor.</summary>
/// <param name="At">When it began: before any position was read.</param>
/// <param name="Generation">Changes when the use of the standby ends: the round is out of date then.</param>
internal readonly record struct StandbyRound(long At, int Generation);
