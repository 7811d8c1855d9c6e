using System.Threading.Channels;
using SdkChat.Application.Live;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Live;

/// <summary>
/// One reader of the hub: a bounded queue of frames, its own pings, and the instant at which it must end. Nobody ever
/// waits for it: what does not fit ends it.
/// </summary>
internal sealed class SseSubscriber : ILiveStream
{
    /// <summary>How long a reader has for what still waits when its stream ends in good order.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly Channel<ReadOnlyMemory<byte>> _queue;
    private readonly LiveOptions _options;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _abort = new();
    private readonly Action<SseSubscriber, StreamEndReason> _onEnd;
    private readonly ITimer _ping;
    private readonly ITimer? _deadline;
    private ITimer? _farewell;
    private long _queuedBytes;
    private int _end = -1;

    /// <param name="deadline">When it must end, and why then; null for never.</param>
    /// <param name="onEnd">Told once, when it ends, whoever ends it.</param>
    public SseSubscriber(
        TenantId tenant,
        LiveOptions options,
        TimeProvider clock,
        (TimeSpan After, StreamEndReason Reason)? deadline,
        Action<SseSubscriber, StreamEndReason> onEnd)
    {
        Tenant = tenant;
        OpenedAt = clock.GetTimestamp();
        (_options, _clock, _onEnd) = (options, clock, onEnd);
        _queue = Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(options.QueueEvents + 2)
        {
            SingleReader = true,
            AllowSynchronousContinuations = false,
        });
        var interval = TimeSpan.FromSeconds(options.PingSeconds);
        _ping = clock.CreateTimer(static state => ((SseSubscriber)state!).Offer(SseFrames.Ping), this, interval, interval);
        if (deadline is var (after, reason))
            _deadline = clock.CreateTimer(_ => End(reason), null, after, Timeout.InfiniteTimeSpan);
    }

    public TenantId Tenant { get; }

    /// <summary>A timestamp of the clock.</summary>
    public long OpenedAt { get; }

    /// <summary>Frames that were taken for writing, pings included.</summary>
    public long Taken { get; private set; }

    public StreamEndReason? EndReason => Volatile.Read(ref _end) is var end and >= 0 ? (StreamEndReason)end : null;

    public CancellationToken Aborted => _abort.Token;

    /// <summary>Queues a frame, or ends the stream when it does not fit. False: the stream has ended.</summary>
    public bool Offer(ReadOnlyMemory<byte> frame)
    {
        var bytes = Interlocked.Add(ref _queuedBytes, frame.Length);
        // The first frame in the queue always fits, or a large event could never be sent.
        if ((bytes <= _options.QueueBytes || bytes == frame.Length) && _queue.Writer.TryWrite(frame))
            return true;

        Interlocked.Add(ref _queuedBytes, -frame.Length);
        End(StreamEndReason.TooSlow);
        return false;
    }

    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _queue.Reader.WaitToReadAsync(cancellationToken);

    public bool TryTake(out ReadOnlyMemory<byte> bytes)
    {
        if (!_queue.Reader.TryRead(out bytes))
            return false;

        Interlocked.Add(ref _queuedBytes, -bytes.Length);
        Taken++;
        return true;
    }

    public void End(StreamEndReason reason)
    {
        if (Interlocked.CompareExchange(ref _end, (int)reason, -1) != -1)
            return;

        _ping.Dispose();
        _deadline?.Dispose();
        _queue.Writer.TryComplete();
        if (reason is StreamEndReason.TooSlow or StreamEndReason.ClientGone or StreamEndReason.Failed)
            _abort.Cancel();
        else
            _farewell = _clock.CreateTimer(_ => _abort.Cancel(), null, Farewell, Timeout.InfiniteTimeSpan);
        _onEnd(this, reason);
    }

    /// <summary>The reader has stopped reading; a stream that has not ended by then has lost its client.</summary>
    public void Dispose()
    {
        End(StreamEndReason.ClientGone);
        _farewell?.Dispose();
    }
}
