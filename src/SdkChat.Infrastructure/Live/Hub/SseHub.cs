using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Live;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Live.Probe;

namespace SdkChat.Infrastructure.Live.Hub;

/// <summary>The streams of this node: who may open one, who gets what, and when all must end.</summary>
internal sealed partial class SseHub : ILiveHub, ILiveStreams, IDisposable
{
    /// <summary>
    /// Streams that are brought from memory together before the first of them gets its frame: an event finds none of them in the
    /// processor's cache where there are thousands, and more at once than these it does not fetch.
    /// </summary>
    private const int Ahead = 16;

    /// <summary>A reader that has taken nothing for so long may lose its place to the same subject. Shorter pauses are a network's everyday.</summary>
    private static readonly TimeSpan ReplaceableAfter = TimeSpan.FromSeconds(5);

    private readonly StreamGroups _groups = new();
    private readonly LiveOptions _options;
    private readonly FeedPulse _feed;
    private readonly LiveMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<SseHub> _logger;
    private readonly CancellationToken _stopping;

    private readonly StreamClock _streamClock;
    private readonly Lock _gate = new();

    private FrameBatch? _batch;
    private int _open;
    private long _turnover;
    private volatile bool _isClosed;

    public SseHub(
        IOptions<LiveOptions> options, FeedPulse feed, LiveMetrics metrics, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<SseHub> logger)
    {
        (_options, _feed, _metrics, _clock, _logger) = (options.Value, feed, metrics, clock, logger);
        _stopping = lifetime.ApplicationStopping;
        _streamClock = new StreamClock(clock);
        metrics.Ask(Queued);
    }

    /// <summary>Streams that are open.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>How many have been opened, and how many have ended, in all.</summary>
    public long Turnover => Volatile.Read(ref _turnover);

    /// <summary>Whether the node has been told to stop.</summary>
    public bool IsStopping => _isClosed || _stopping.IsCancellationRequested;

    /// <summary>Raised when a tenant may have got its first stream or lost its last. Handlers must return at once.</summary>
    public event Action? WatchedChanged;

    /// <summary>The tenants that somebody watches.</summary>
    public ICollection<TenantId> Watched => _groups.Tenants;

    public bool IsWatched(TenantId tenant) => _groups.Of(tenant).Length > 0;

    public void ChatCompleted(TenantId tenant, ProfileId profile, ChatId chat)
    {
        if (_groups.Of(tenant).Length > 0)
            Publish(tenant, SseFrames.ChatCompleted(profile, chat));
    }

    public void BacklistTriggered(TenantId tenant, ProfileId profile, ChatId chat, RawJson notificationItems)
    {
        if (_groups.Of(tenant).Length > 0)
            Publish(tenant, SseFrames.BacklistTriggered(profile, chat, notificationItems));
    }

    ILiveStream ILiveStreams.Open(TenantId tenant, DateTimeOffset? acceptedUntil, string? subject, string? signedBy)
    {
        // Before the limits: a stream that only says retry takes no place, and after 429 an EventSource never comes back.
        if (WhyNot() is { } refusal)
            return OpenRetryOnly(tenant, refusal);

        if (!TryReserve() && !(ReplaceStalled(tenant, subject) && TryReserve()))
            throw TooMany("This node");

        var subscriber = Create(tenant, isReady: true, acceptedUntil, subject, signedBy);
        if (!TryAdd(subscriber) && !(ReplaceStalled(tenant, subject) && TryAdd(subscriber)))
        {
            Interlocked.Decrement(ref _open);
            throw TooMany("The tenant");
        }

        Started(subscriber);
        WatchedChanged?.Invoke();
        // Asked again now that the hub has it: whoever ends all streams may have looked a moment too early.
        if (WhyNot() is { } reason)
            subscriber.End(reason);
        return subscriber;
    }

    ILiveStream ILiveStreams.OpenRetryOnly(TenantId tenant) => OpenRetryOnly(tenant, StreamEndReason.Unavailable);

    /// <summary>From here on a stream that is opened ends at once. Those that are open stay: <see cref="StreamDrain"/> ends them.</summary>
    public void Close() => _isClosed = true;

    /// <summary>Every reader's stream that is open at this moment.</summary>
    public IEnumerable<SseSubscriber> Streams() => _groups.Tenants.Where(tenant => tenant != ProbeSent.Nobody).SelectMany(_groups.Of);

    /// <summary>Sends a probe, whichever node's, to this node's own stream.</summary>
    public void Probe(ProbeSent probe) => Publish(probe.Tenant, SseFrames.Probe(probe));

    /// <summary>A stream of the node's own, for probes: no reader's, so that it is counted, drained and shown nowhere, and has no age.</summary>
    public SseSubscriber OpenForProbes()
    {
        var limits = Limits(acceptedUntil: null);
        var stream = new SseSubscriber(ProbeSent.Nobody, SseFrames.Retry(_options.RetryMilliseconds), limits, _streamClock, (self, _) => _groups.Remove(self));
        _groups.TryAdd(stream, int.MaxValue);
        WatchedChanged?.Invoke();
        return stream;
    }

    public void EndWithdrawn(Func<string, bool> isWithdrawn)
    {
        var known = new Dictionary<string, bool>();
        foreach (var subscriber in Streams())
        {
            if (subscriber.SignedBy is not { } signer)
                continue;
            if (!known.TryGetValue(signer, out var isGone))
                known.Add(signer, isGone = isWithdrawn(signer));
            if (isGone)
                subscriber.End(StreamEndReason.KeyWithdrawn);
        }
    }

    /// <summary>Ends every stream.</summary>
    public void EndAll(StreamEndReason reason)
    {
        foreach (var subscriber in Streams())
            subscriber.End(reason);
    }

    /// <summary>Ends every stream of the tenant.</summary>
    public void EndAll(TenantId tenant, StreamEndReason reason)
    {
        foreach (var subscriber in _groups.Of(tenant))
            subscriber.End(reason);
    }

    /// <summary>Holds back what is published from here on, so that <see cref="Flush"/> can send it in one go.</summary>
    public void Gather()
    {
        lock (_gate)
            _batch ??= new FrameBatch();
    }

    /// <summary>Sends what was held back. Streams that were opened meanwhile get it too: it has only just been read.</summary>
    public void Flush()
    {
        FrameBatch? batch;
        lock (_gate)
            (batch, _batch) = (_batch, null);
        foreach (var (tenant, frames) in batch?.Pieces() ?? [])
            Send(_groups.Of(tenant), frames);
    }

    private void Publish(TenantId tenant, LiveFrame frame)
    {
        lock (_gate)
        {
            if (_batch is { } batch)
            {
                batch.Add(tenant, frame);
                return;
            }
        }

        Send(_groups.Of(tenant), [frame]);
    }

    private void Send(SseSubscriber[] group, LiveFrame[] frames)
    {
        var taken = 0;
        var isAlone = frames.Length == 1;
        var all = isAlone ? frames[0] : LiveFrame.Of(frames);
        for (var start = 0; start < group.Length; start += Ahead)
        {
            var next = group.AsSpan(start, Math.Min(Ahead, group.Length - start));
            foreach (var subscriber in next)
                subscriber.Touch();
            foreach (var subscriber in next)
                taken += isAlone ? Convert.ToInt32(subscriber.Offer(all)) : subscriber.Offer(frames, all);
        }

        if (group.Length > 0 && group[0].Tenant != ProbeSent.Nobody)
            _metrics.EventDelivered(taken);
    }

    public void Dispose() => _streamClock.Dispose();

    private (long All, long Most) Queued()
    {
        var (all, most) = (0L, 0L);
        foreach (var stream in Streams())
        {
            var queued = stream.Traffic.Queued;
            (all, most) = (all + queued, Math.Max(most, queued));
        }

        return (all, most);
    }

    /// <summary>In no group: what happens meanwhile must not reach a stream that never was ready.</summary>
    private SseSubscriber OpenRetryOnly(TenantId tenant, StreamEndReason reason)
    {
        Interlocked.Increment(ref _open);
        var subscriber = Create(tenant, isReady: false);
        Started(subscriber);
        subscriber.End(reason);
        return subscriber;
    }

    private SseSubscriber Create(
        TenantId tenant, bool isReady, DateTimeOffset? acceptedUntil = null, string? subject = null, string? signedBy = null)
    {
        var now = _clock.Now();
        return new SseSubscriber(tenant, FirstFrame(isReady), Limits(acceptedUntil), _streamClock, Ended)
        {
            Id = Guid.CreateVersion7(now), Since = now, Subject = subject, SignedBy = signedBy,
        };
    }

    private void Started(SseSubscriber subscriber)
    {
        Interlocked.Increment(ref _turnover);
        _metrics.Opened();
        StreamOpened(subscriber.Tenant);
        subscriber.Start();
    }

    private StreamEndReason? WhyNot() =>
        IsStopping ? StreamEndReason.Shutdown
        : _feed.Vouches ? null
        : StreamEndReason.FeedLost;

    private LiveFrame FirstFrame(bool isReady)
    {
        var retry = (int)(_options.RetryMilliseconds * (0.5 + Random.Shared.NextDouble()));
        return isReady ? SseFrames.RetryAndReady(retry) : SseFrames.Retry(retry);
    }

    private StreamLimits Limits(DateTimeOffset? acceptedUntil) => new(
        _options.QueueEvents,
        _options.QueueBytes,
        TimeSpan.FromSeconds(_options.PingSeconds),
        TimeSpan.FromSeconds(_options.MaxAgeSeconds * (0.8 + (0.2 * Random.Shared.NextDouble()))),
        acceptedUntil - _clock.GetUtcNow());

    private bool TryReserve()
    {
        if (Interlocked.Increment(ref _open) <= _options.MaxStreams)
            return true;

        Interlocked.Decrement(ref _open);
        return false;
    }

    private bool TryAdd(SseSubscriber subscriber) => _groups.TryAdd(subscriber, _options.MaxStreamsPerTenant);

    /// <summary>Ends the stream of the same subject that has taken nothing for the longest time.</summary>
    /// <returns>Whether there was one: its place is free.</returns>
    private bool ReplaceStalled(TenantId tenant, string? subject)
    {
        if (subject is null)
            return false;

        var (stalled, longest) = (default(SseSubscriber), ReplaceableAfter);
        foreach (var stream in _groups.Of(tenant))
        {
            if (stream.Subject == subject && stream.Stalled is var time && time >= longest)
                (stalled, longest) = (stream, time);
        }

        stalled?.End(StreamEndReason.Replaced);
        return stalled is not null;
    }

    private void Ended(SseSubscriber subscriber, StreamEndReason reason)
    {
        _groups.Remove(subscriber);
        Interlocked.Decrement(ref _open);
        Interlocked.Increment(ref _turnover);
        _metrics.Ended(reason);
        StreamEnded(subscriber.Tenant, LiveMetrics.NameOf(reason), subscriber.Age.TotalSeconds);
    }

    private static SdkChatException TooMany(string whose) =>
        new(ErrorCode.TooManyStreams, $"{whose} has as many open streams as it may. Close one, or try again later.");

    [LoggerMessage(LogLevel.Debug, "Stream of tenant {Tenant} opened")]
    private partial void StreamOpened(TenantId tenant);

    [LoggerMessage(LogLevel.Information, "Stream of tenant {Tenant} ended: {Reason} after {Seconds:F1} s")]
    private partial void StreamEnded(TenantId tenant, string reason, double seconds);
}
