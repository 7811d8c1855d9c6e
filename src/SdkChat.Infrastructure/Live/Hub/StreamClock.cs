namespace SdkChat.Infrastructure.Live.Hub;

/// <summary>
/// One timer for all streams. Each has one alarm, its ping or its end, whichever comes first, at its own instant: so there is
/// no burst, and an idle stream costs an entry in a heap instead of two timers.
/// </summary>
internal sealed class StreamClock : IDisposable
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<StreamAlarm, long> _alarms = new();
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;

    private long _armedFor = long.MaxValue;

    public StreamClock(TimeProvider clock)
    {
        _clock = clock;
        _timer = clock.CreateTimer(static state => ((StreamClock)state!).Ring(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Now, in the clock's own ticks.</summary>
    public long Now => _clock.GetTimestamp();

    public long Ticks(TimeSpan duration) => (long)(duration.TotalSeconds * _clock.TimestampFrequency);

    public TimeSpan Since(long instant) => _clock.GetElapsedTime(instant);

    /// <summary>Has the alarm ring at <paramref name="instant"/>. An alarm that stands earlier already will ring then, and may set itself again.</summary>
    public void Set(StreamAlarm alarm, long instant)
    {
        lock (_gate)
        {
            _alarms.Enqueue(alarm, instant);
            Arm();
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Ring()
    {
        // What rings may set itself again, and may be due again.
        while (NextDue() is { } alarm)
            alarm.Ring();
    }

    private StreamAlarm? NextDue()
    {
        lock (_gate)
        {
            if (_alarms.TryPeek(out var alarm, out var instant) && instant <= Now)
            {
                _alarms.Dequeue();
                return alarm;
            }

            _armedFor = long.MaxValue;
            Arm();
            return null;
        }
    }

    private void Arm()
    {
        if (!_alarms.TryPeek(out _, out var instant) || instant >= _armedFor)
            return;

        _armedFor = instant;
        // Rounded up: a timer counts in milliseconds, and one that rings too early only has to be set again.
        var milliseconds = Math.Ceiling((instant - Now) * 1000.0 / _clock.TimestampFrequency);
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(milliseconds, 0)), Timeout.InfiniteTimeSpan);
    }
}
