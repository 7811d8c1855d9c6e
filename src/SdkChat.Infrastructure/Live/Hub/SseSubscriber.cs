using System.Threading.Channels;
using SdkChat.Application.Live;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Live.Hub;

/// <summary>
/// One stream's queue, clock and end. Frames go in from any thread and never wait; one reader takes them out. A queue
/// that is full ends the stream: what it has missed cannot be made up for but by reading history again.
/// </summary>
internal sealed class SseSubscriber : ILiveStream
{
    /// <summary>How long a reader has to take what is left when its stream ends. Within a host's stop of three seconds.</summary>
    private static readonly TimeSpan LastMoment = TimeSpan.FromSeconds(1);

    private readonly Channel<ReadOnlyMemory<byte>> _queue;
    private readonly CancellationTokenSource _abort = new();
    private readonly Action<SseSubscriber, StreamEndReason> _ended;
    private readonly StreamLimits _limits;
    private readonly long _opened;
    private readonly TimeProvider _clock;
    private readonly ITimer _ping;
    private readonly ITimer _deadline;

    private int _waitingBytes;
    private int _endReason = -1;

    /// <param name="ended">Called once, with the reason, on whatever thread ended it.</param>
    public SseSubscriber(TenantId tenant, ReadOnlyMemory<byte> first, StreamLimits limits, TimeProvider clock, Action<SseSubscriber, StreamEndReason> ended)
    {
        Tenant = tenant;
        Aborted = _abort.Token;
        (_limits, _clock, _ended) = (limits, clock, ended);
        _queue = Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(limits.QueueEvents) { SingleReader = true });
        _queue.Writer.TryWrite(first);
        _waitingBytes = first.Length;
        _opened = clock.GetTimestamp();
        _ping = Timer(static state => ((SseSubscriber)state!).Offer(SseFrames.Ping));
        _deadline = Timer(static state => ((SseSubscriber)state!).DeadlinePassed());
    }

    public TenantId Tenant { get; }

    public CancellationToken Aborted { get; }

    public TimeSpan Age => _clock.GetElapsedTime(_opened);

    private TimeSpan Lifetime =>
        _limits.AcceptedFor is { } accepted && accepted < _limits.MaxAge ? TimeSpan.FromTicks(Math.Max(accepted.Ticks, 0)) : _limits.MaxAge;

    private bool IsEnded => Volatile.Read(ref _endReason) >= 0;

    /// <summary>Starts the clock. Not before the hub has the stream: one that ended earlier would stay there for ever.</summary>
    public void Start()
    {
        _ping.Change(_limits.PingEvery, _limits.PingEvery);
        _deadline.Change(IsEnded ? LastMoment : Lifetime, Timeout.InfiniteTimeSpan);
    }

    /// <returns>Whether the frame was queued. If not, the stream has ended.</returns>
    public bool Offer(ReadOnlyMemory<byte> frame)
    {
        var waiting = Interlocked.Add(ref _waitingBytes, frame.Length);
        // A frame that finds nothing before it is let in whatever its size, or a large one would never reach anybody.
        var fits = waiting <= _limits.QueueBytes || waiting == frame.Length;
        if (fits && _queue.Writer.TryWrite(frame))
            return true;

        End(StreamEndReason.TooSlow);
        return false;
    }

    public ValueTask<bool> WaitAsync() => _queue.Reader.WaitToReadAsync(CancellationToken.None);

    public bool TryRead(out ReadOnlyMemory<byte> frame)
    {
        if (!_queue.Reader.TryRead(out frame))
            return false;

        Interlocked.Add(ref _waitingBytes, -frame.Length);
        return true;
    }

    public void End(StreamEndReason reason)
    {
        if (Interlocked.CompareExchange(ref _endReason, (int)reason, -1) >= 0)
            return;

        _queue.Writer.TryComplete();
        if (reason is StreamEndReason.TooSlow or StreamEndReason.ClientGone or StreamEndReason.Failed)
            Abort();
        else
            _deadline.Change(LastMoment, Timeout.InfiniteTimeSpan);
        _ping.Dispose();
        _ended(this, reason);
    }

    public void Dispose()
    {
        End(StreamEndReason.Failed);
        _deadline.Dispose();
    }

    private void DeadlinePassed()
    {
        if (IsEnded)
            Abort();
        else
            End(_limits.AcceptedFor is { } accepted && accepted < _limits.MaxAge ? StreamEndReason.TokenExpired : StreamEndReason.MaxAge);
    }

    private ITimer Timer(TimerCallback callback) => _clock.CreateTimer(callback, this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Elsewhere: whoever ends a stream must not run what its transport does about it.</summary>
    private void Abort() => _ = _abort.CancelAsync();
}
