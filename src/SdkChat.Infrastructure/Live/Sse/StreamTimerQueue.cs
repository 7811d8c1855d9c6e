namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>
/// One system timer for all streams. Each stream has one entry: its ping or its end, whichever comes first. An idle stream costs an
/// entry in a heap instead of two timers.
/// </summary>
internal sealed class StreamTimerQueue : IDisposable
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<StreamTimer, long> _timers = new();
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;

    private long _armedFor = long.MaxValue;

    public StreamTimerQueue(TimeProvider clock)
    {
        _clock = clock;
        _timer = clock.CreateTimer(
            static state => ((StreamTimerQueue)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Now, in ticks of the clock.</summary>
    public long Now => _clock.GetTimestamp();

    public long Ticks(TimeSpan duration) => (long)(duration.TotalSeconds * _clock.TimestampFrequency);

    public TimeSpan Since(long instant) => _clock.GetElapsedTime(instant);

    /// <summary>Fires the timer at <paramref name="instant"/>. Earlier entries of the same timer stay.</summary>
    public void Set(StreamTimer timer, long instant)
    {
        lock (_gate)
        {
            _timers.Enqueue(timer, instant);
            Arm();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Fire()
    {
        // A timer that fires may set itself again and be due at once.
        while (NextDue() is { } timer)
            timer.Fire();
    }

    private StreamTimer? NextDue()
    {
        lock (_gate)
        {
            if (_timers.TryPeek(out var timer, out var instant) && instant <= Now)
            {
                _timers.Dequeue();
                return timer;
            }

            _armedFor = long.MaxValue;
            Arm();
            return null;
        }
    }

    private void Arm()
    {
        if (!_timers.TryPeek(out _, out var instant) || instant >= _armedFor)
            return;

        _armedFor = instant;
        // Rounded up: a system timer counts in milliseconds, and one that fires too early is set again.
        var milliseconds = Math.Ceiling((instant - Now) * 1000.0 / _clock.TimestampFrequency);
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(milliseconds, 0)), Timeout.InfiniteTimeSpan);
    }
}
