using System.Threading.Tasks.Sources;
using SdkChat.Application.Live;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>
/// One stream: its queue, timer and end. Any thread adds frames without waiting; one output takes them. While the output waits and has
/// passed an <see cref="IDirectOutput"/>, frames are sent through that at once. A full queue ends the stream, since its client must read
/// the history again. The object is its own lock: an event visits thousands of streams, and a separate lock would cost each of them another
/// cache line.
/// </summary>
internal sealed class SseSubscriber : ISseStream, IValueTaskSource<bool>
{
    /// <summary>How long a client has to take the last frames after the end. Shorter than a host's stop of three seconds.</summary>
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _abort = new();
    private readonly Action<SseSubscriber, StreamEndReason> _ended;
    private readonly StreamLimits _limits;
    private readonly StreamTimerQueue _timers;
    private readonly long _opened;

    private FrameQueue _queue;
    private ManualResetValueTaskSourceCore<bool> _wait;
    private bool _isWaiting;
    private IDirectOutput? _direct;
    private IReaderConnection? _connection;
    private StreamTimer? _timer;
    private long _nextPing;
    private long _behindSince;
    private int _endReason = -1;
    private long _accepted = 1;

    /// <param name="ended">Called once, with the reason, on the thread that ended the stream.</param>
    public SseSubscriber(
        TenantId tenant, SseFrame first, StreamLimits limits, StreamTimerQueue timers, Action<SseSubscriber, StreamEndReason> ended)
    {
        Tenant = tenant;
        (_limits, _timers, _ended) = (limits, timers, ended);
        // The publishing thread must not run the transport's continuation.
        _wait.RunContinuationsAsynchronously = true;
        _queue.TryAdd(first, limits.QueueEvents, limits.QueueBytes);
        _opened = _behindSince = timers.Now;
        _nextPing = _opened + timers.Ticks(limits.PingEvery);
    }

    public TenantId Tenant { get; }

    /// <summary>Selects which of the tenant's events the stream carries.</summary>
    public StreamFilter Filter { get; init; } = StreamFilter.Default;

    /// <summary>The id of the stream in the backoffice.</summary>
    public Guid Id { get; init; }

    public DateTimeOffset Since { get; init; }

    /// <summary>The subject of the credential; null if it has none.</summary>
    public string? Subject { get; init; }

    /// <summary>The key that signed the credential, if it can be withdrawn; else null.</summary>
    public string? SignedBy { get; init; }

    /// <summary>How many frames were sent to the client's connection, including the first and pings, and how many are queued.</summary>
    public (long Sent, int Queued) Traffic
    {
        get
        {
            lock (this)
                return (_accepted - _queue.Count, _queue.Count);
        }
    }

    /// <summary>How long the client has acknowledged nothing, or has had frames queued; the longer of the two, zero if neither.</summary>
    public TimeSpan Stalled
    {
        get
        {
            TimeSpan behind;
            lock (this)
                behind = _queue.Count > 0 ? _timers.Since(_behindSince) : TimeSpan.Zero;
            var silence = Volatile.Read(ref _connection)?.Silence ?? TimeSpan.Zero;
            return silence > behind ? silence : behind;
        }
    }

    public CancellationToken Aborted => _abort.Token;

    public TimeSpan Age => _timers.Since(_opened);

    private bool IsTokenFirst => _limits.AcceptedFor is { } accepted && accepted < _limits.MaxAge;

    private long Deadline =>
        _opened + _timers.Ticks(IsTokenFirst ? TimeSpan.FromTicks(Math.Max(_limits.AcceptedFor!.Value.Ticks, 0)) : _limits.MaxAge);

    private bool IsEnded => Volatile.Read(ref _endReason) >= 0;

    /// <summary>Starts the timer. Call it once the hub has the stream: a stream that ended earlier would never be removed.</summary>
    public void Start() => Schedule(IsEnded ? _timers.Now + _timers.Ticks(FlushTimeout) : Math.Min(_nextPing, Deadline));

    /// <summary>Loads the data that <see cref="Offer(SseFrame)"/> needs, like <see cref="IDirectOutput.Prefetch"/>.</summary>
    public void Prefetch()
    {
        _ = Volatile.Read(ref _endReason);
        _ = Volatile.Read(ref _accepted);
        Volatile.Read(ref _direct)?.Prefetch();
    }

    /// <returns>Whether the frame was accepted. If not, the stream has ended.</returns>
    public bool Offer(SseFrame frame)
    {
        lock (this)
        {
            if (IsEnded)
                return false;
            if (TrySendDirectly(frame))
            {
                _accepted++;
                return true;
            }

            if (_queue.TryAdd(frame, _limits.QueueEvents, _limits.QueueBytes))
            {
                if (_queue.Count == 1)
                    _behindSince = _timers.Now;
                _accepted++;
                Wake(true);
                return true;
            }
        }

        End(StreamEndReason.TooSlow);
        return false;
    }

    /// <summary>Offers the frames of a batch: in one piece if they can be sent at once, else one by one.</summary>
    /// <param name="together">All of <paramref name="frames"/> as one frame.</param>
    /// <returns>How many were accepted.</returns>
    public int Offer(IReadOnlyList<SseFrame> frames, SseFrame together)
    {
        lock (this)
        {
            if (!IsEnded && TrySendDirectly(together))
            {
                _accepted += frames.Count;
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
                throw new InvalidOperationException("Another call waits for this stream already.");

            _wait.Reset();
            (_isWaiting, _direct) = (true, direct);
            return new ValueTask<bool>(this, _wait.Version);
        }
    }

    public bool TryRead(out SseFrame frame)
    {
        lock (this)
            return _queue.TryTake(out frame);
    }

    public void End(StreamEndReason reason)
    {
        if (Interlocked.CompareExchange(ref _endReason, (int)reason, -1) >= 0)
            return;

        var isCutOff = reason is StreamEndReason.TooSlow or StreamEndReason.ClientGone or StreamEndReason.Failed
            or StreamEndReason.Unresponsive or StreamEndReason.Replaced;
        // Before the transport wakes: otherwise it would end the response as if it were complete.
        if (isCutOff)
            Abort();
        lock (this)
            Wake(false);
        if (!isCutOff)
            Schedule(_timers.Now + _timers.Ticks(FlushTimeout));
        _ended(this, reason);
    }

    public void Dispose()
    {
        End(StreamEndReason.Failed);
        lock (this)
            _timer?.Cancel();
    }

    /// <summary>Sends the ping that is due, or ends the stream.</summary>
    internal void Fire(StreamTimer timer)
    {
        lock (this)
        {
            // The timer was replaced meanwhile.
            if (timer != _timer)
                return;
        }

        if (IsEnded)
            Abort();
        else if (_timers.Now >= Deadline)
            End(IsTokenFirst ? StreamEndReason.TokenExpired : StreamEndReason.MaxAge);
        else
            Ping(timer);
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _wait.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _wait.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _wait.OnCompleted(continuation, state, token, flags);

    private void Ping(StreamTimer timer)
    {
        if (_timers.Now >= _nextPing)
        {
            if (IsUnresponsive())
                End(StreamEndReason.Unresponsive);
            else
                Offer(SseFrameFactory.Ping);
            _nextPing += _timers.Ticks(_limits.PingEvery);
        }

        if (!IsEnded)
            _timers.Set(timer, Math.Min(_nextPing, Deadline));
    }

    /// <summary>
    /// Whether the previous ping, or the first frame, was never acknowledged. The kernel retransmits it in between, so one ping is enough
    /// to know.
    /// </summary>
    private bool IsUnresponsive() =>
        _connection is { } connection && connection.Silence is var silence && silence > TimeSpan.Zero
        && silence >= _timers.Since(_nextPing - _timers.Ticks(_limits.PingEvery));

    /// <summary>The queue is empty while the output waits, so this keeps the order.</summary>
    private bool TrySendDirectly(SseFrame frame)
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

    private void Schedule(long instant)
    {
        var timer = new StreamTimer(this);
        lock (this)
        {
            _timer?.Cancel();
            _timer = timer;
        }

        _timers.Set(timer, instant);
    }

    /// <summary>On another thread: the thread that ends a stream must not run the transport's callbacks.</summary>
    private void Abort() => _ = _abort.CancelAsync();
}
