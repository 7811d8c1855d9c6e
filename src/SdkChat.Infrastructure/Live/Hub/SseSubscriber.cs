using System.Threading.Tasks.Sources;
using SdkChat.Application.Live;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Live.Hub;

/// <summary>
/// One stream's queue, clock and end. Frames go in from any thread and never wait; one reader takes them out. While that
/// reader waits and has lent its output, frames go straight through it. A queue that is full ends the stream: what it has
/// missed cannot be made up for but by reading history again. It is its own lock: thousands are walked through for every
/// event, and another object each would be another line of the processor's cache.
/// </summary>
internal sealed class SseSubscriber : ILiveStream, IValueTaskSource<bool>
{
    /// <summary>How long a reader has to take what is left when its stream ends. Within a host's stop of three seconds.</summary>
    private static readonly TimeSpan LastMoment = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _abort = new();
    private readonly Action<SseSubscriber, StreamEndReason> _ended;
    private readonly StreamLimits _limits;
    private readonly StreamClock _clock;
    private readonly long _opened;

    private FrameQueue _queue;
    private ManualResetValueTaskSourceCore<bool> _wait;
    private bool _isWaiting;
    private IDirectOutput? _direct;
    private IReaderConnection? _connection;
    private StreamAlarm? _alarm;
    private long _nextPing;
    private long _behindSince;
    private int _endReason = -1;
    private long _taken = 1;

    /// <param name="ended">Called once, with the reason, on whatever thread ended it.</param>
    public SseSubscriber(TenantId tenant, LiveFrame first, StreamLimits limits, StreamClock clock, Action<SseSubscriber, StreamEndReason> ended)
    {
        Tenant = tenant;
        (_limits, _clock, _ended) = (limits, clock, ended);
        // Whoever publishes must not run what the transport does next.
        _wait.RunContinuationsAsynchronously = true;
        _queue.TryAdd(first, limits.QueueEvents, limits.QueueBytes);
        _opened = _behindSince = clock.Now;
        _nextPing = _opened + clock.Ticks(limits.PingEvery);
    }

    public TenantId Tenant { get; }

    /// <summary>What the stream is called by those who ask who watches.</summary>
    public Guid Id { get; init; }

    public DateTimeOffset Since { get; init; }

    /// <summary>Who watches, as the credential says; null where it does not.</summary>
    public string? Subject { get; init; }

    /// <summary>What signed the credential, where that can be withdrawn; else null.</summary>
    public string? SignedBy { get; init; }

    /// <summary>How many frames went to the reader's connection, the first and pings included, and how many wait.</summary>
    public (long Sent, int Queued) Traffic
    {
        get
        {
            lock (this)
                return (_taken - _queue.Count, _queue.Count);
        }
    }

    /// <summary>For how long the reader has acknowledged nothing, or has been behind with what it is sent; the longer of the two, zero when neither.</summary>
    public TimeSpan Stalled
    {
        get
        {
            TimeSpan behind;
            lock (this)
                behind = _queue.Count > 0 ? _clock.Since(_behindSince) : TimeSpan.Zero;
            var silence = Volatile.Read(ref _connection)?.Silence ?? TimeSpan.Zero;
            return silence > behind ? silence : behind;
        }
    }

    public CancellationToken Aborted => _abort.Token;

    public TimeSpan Age => _clock.Since(_opened);

    private bool IsTokenFirst => _limits.AcceptedFor is { } accepted && accepted < _limits.MaxAge;

    private long Deadline => _opened + _clock.Ticks(IsTokenFirst ? TimeSpan.FromTicks(Math.Max(_limits.AcceptedFor!.Value.Ticks, 0)) : _limits.MaxAge);

    private bool IsEnded => Volatile.Read(ref _endReason) >= 0;

    /// <summary>Starts the clock. Not before the hub has the stream: one that ended earlier would stay there for ever.</summary>
    public void Start() => SetAlarm(IsEnded ? _clock.Now + _clock.Ticks(LastMoment) : Math.Min(_nextPing, Deadline));

    /// <summary>Reads what <see cref="Offer(LiveFrame)"/> will need, as <see cref="IDirectOutput.Touch"/> does.</summary>
    public void Touch()
    {
        _ = Volatile.Read(ref _endReason);
        _ = Volatile.Read(ref _taken);
        Volatile.Read(ref _direct)?.Touch();
    }

    /// <returns>Whether the frame was taken. If not, the stream has ended.</returns>
    public bool Offer(LiveFrame frame)
    {
        lock (this)
        {
            if (IsEnded)
                return false;
            if (TrySendDirectly(frame))
            {
                _taken++;
                return true;
            }

            if (_queue.TryAdd(frame, _limits.QueueEvents, _limits.QueueBytes))
            {
                if (_queue.Count == 1)
                    _behindSince = _clock.Now;
                _taken++;
                Wake(true);
                return true;
            }
        }

        End(StreamEndReason.TooSlow);
        return false;
    }

    /// <summary>Offers frames that were read together: in one go where they can go at once, else one by one.</summary>
    /// <param name="together">All of <paramref name="frames"/>, in one.</param>
    /// <returns>How many were taken.</returns>
    public int Offer(IReadOnlyList<LiveFrame> frames, LiveFrame together)
    {
        lock (this)
        {
            if (!IsEnded && TrySendDirectly(together))
            {
                _taken += frames.Count;
                return frames.Count;
            }
        }

        return frames.TakeWhile(Offer).Count();
    }

    public void Watch(IReaderConnection connection) => Volatile.Write(ref _connection, connection);

    public ValueTask<bool> WaitAsync(IDirectOutput? direct = null)
    {
        lock (this)
        {
            if (_queue.Count > 0 || IsEnded)
                return ValueTask.FromResult(_queue.Count > 0);
            if (_isWaiting)
                throw new InvalidOperationException("Somebody waits for this stream already.");

            _wait.Reset();
            (_isWaiting, _direct) = (true, direct);
            return new ValueTask<bool>(this, _wait.Version);
        }
    }

    public bool TryRead(out LiveFrame frame)
    {
        lock (this)
            return _queue.TryTake(out frame);
    }

    public void End(StreamEndReason reason)
    {
        if (Interlocked.CompareExchange(ref _endReason, (int)reason, -1) >= 0)
            return;

        var isCutOff = reason is StreamEndReason.TooSlow or StreamEndReason.ClientGone or StreamEndReason.Failed or StreamEndReason.Unresponsive or StreamEndReason.Replaced;
        // Before the transport wakes, or it would take the end for a proper one.
        if (isCutOff)
            Abort();
        lock (this)
            Wake(false);
        if (!isCutOff)
            SetAlarm(_clock.Now + _clock.Ticks(LastMoment));
        _ended(this, reason);
    }

    public void Dispose()
    {
        End(StreamEndReason.Failed);
        lock (this)
            _alarm?.Forget();
    }

    /// <summary>Time for a ping, or for the end.</summary>
    internal void Ring(StreamAlarm alarm)
    {
        lock (this)
        {
            // Another has been set since.
            if (alarm != _alarm)
                return;
        }

        if (IsEnded)
            Abort();
        else if (_clock.Now >= Deadline)
            End(IsTokenFirst ? StreamEndReason.TokenExpired : StreamEndReason.MaxAge);
        else
            Ping(alarm);
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _wait.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _wait.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wait.OnCompleted(continuation, state, token, flags);

    private void Ping(StreamAlarm alarm)
    {
        if (_clock.Now >= _nextPing)
        {
            if (IsUnresponsive())
                End(StreamEndReason.Unresponsive);
            else
                Offer(SseFrames.Ping);
            _nextPing += _clock.Ticks(_limits.PingEvery);
        }

        if (!IsEnded)
            _clock.Set(alarm, Math.Min(_nextPing, Deadline));
    }

    /// <summary>Whether the ping before this one, or the first frame, was never acknowledged. A ping at a time is enough to know: it is sent again in between.</summary>
    private bool IsUnresponsive() =>
        _connection is { } connection && connection.Silence is var silence && silence > TimeSpan.Zero
        && silence >= _clock.Since(_nextPing - _clock.Ticks(_limits.PingEvery));

    /// <summary>Nothing is queued while the reader waits, so this overtakes nothing.</summary>
    private bool TrySendDirectly(LiveFrame frame)
    {
        if (_direct is not { } direct)
            return false;
        if (!direct.TrySend(frame))
            Wake(true);
        return true;
    }

    private void Wake(bool hasMore)
    {
        if (!_isWaiting)
            return;

        (_isWaiting, _direct) = (false, null);
        _wait.SetResult(hasMore);
    }

    private void SetAlarm(long instant)
    {
        var alarm = new StreamAlarm(this);
        lock (this)
        {
            _alarm?.Forget();
            _alarm = alarm;
        }

        _clock.Set(alarm, instant);
    }

    /// <summary>Elsewhere: whoever ends a stream must not run what its transport does about it.</summary>
    private void Abort() => _ = _abort.CancelAsync();
}
