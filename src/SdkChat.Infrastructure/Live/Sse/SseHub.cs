using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Live;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Live.Waits;
using SdkChat.Infrastructure.Tenants;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>The streams of this node: opens them within the limits, publishes events to them, and ends them.</summary>
internal sealed partial class SseHub : ILiveHub, ILiveStreams, IProbeChannel, ISubscribedTenants, IDisposable
{
    private readonly SubscriberGroups _groups = new();
    private readonly SsePublisher _publisher;
    private readonly FeedLiveness _feed;
    private readonly ChatWatches _watches;
    private readonly LiveMetrics _metrics;
    private readonly ILogger<SseHub> _logger;
    private readonly TenantCodes? _codes;
    private readonly CancellationToken _stopping;
    private readonly StreamTimerQueue _timers;
    private readonly StreamSlots _slots;
    private readonly SubscriberFactory _subscribers;

    private long _turnover;
    private volatile bool _isClosed;

    public SseHub(
        IOptions<LiveOptions> options,
        FeedLiveness feed,
        ChatWatches watches,
        LiveMetrics metrics,
        TimeProvider clock,
        IHostApplicationLifetime lifetime,
        ILogger<SseHub> logger,
        TenantCodes? codes = null)
    {
        (_feed, _watches, _metrics, _logger, _codes) = (feed, watches, metrics, logger, codes);
        _stopping = lifetime.ApplicationStopping;
        _publisher = new SsePublisher(_groups, metrics);
        _timers = new StreamTimerQueue(clock);
        _slots = new StreamSlots(_groups, options.Value);
        _subscribers = new SubscriberFactory(options.Value, _timers, clock, OnEnded);
        metrics.Ask(GetQueued);
        watches.Began += () => SubscribedTenantsChanged?.Invoke();
    }

    public event Action? SubscribedTenantsChanged;

    /// <summary>The number of open streams.</summary>
    public int Open => _slots.Open;

    /// <summary>The number of streams opened plus the number of streams ended, since the start.</summary>
    public long Turnover => Volatile.Read(ref _turnover);

    /// <summary>Whether the node has begun to stop.</summary>
    public bool IsStopping => _isClosed || _stopping.IsCancellationRequested;

    public ICollection<TenantId> SubscribedTenants => _groups.Tenants;

    public LiveEvents SubscribedKinds => _groups.Kinds | _watches.Kinds | LiveEvents.Default;

    public bool HasSubscribers(TenantId tenant, LiveEvents kinds) => (_groups.GetKinds(tenant) & kinds) != 0;

    public void ChatStarted(TenantId tenant, ProfileId profile, ChatId chat)
    {
        if (HasSubscribers(tenant, LiveEvents.ChatStarted))
            _publisher.Publish(tenant, new(SseFrameFactory.ChatStarted(profile, chat), LiveEvents.ChatStarted, profile));
    }

    public void ChatCompleted(TenantId tenant, ProfileId profile, ChatId chat)
    {
        if (HasSubscribers(tenant, LiveEvents.ChatCompleted))
            _publisher.Publish(tenant, new(SseFrameFactory.ChatCompleted(profile, chat), LiveEvents.ChatCompleted, profile));
    }

    public void ChatFailed(TenantId tenant, ProfileId profile, ChatId chat, string? lastError)
    {
        if (HasSubscribers(tenant, LiveEvents.ChatFailed))
            _publisher.Publish(tenant, new(SseFrameFactory.ChatFailed(profile, chat, lastError), LiveEvents.ChatFailed, profile));
    }

    public void ChatEnded(TenantId tenant, ProfileId profile, ChatId chat)
    {
        if (HasSubscribers(tenant, LiveEvents.ChatEnded))
            _publisher.Publish(tenant, new(SseFrameFactory.ChatEnded(profile, chat), LiveEvents.ChatEnded, profile));
    }

    public void BacklistTriggered(TenantId tenant, ProfileId profile, ChatId chat, RawJson notificationItems)
    {
        if (HasSubscribers(tenant, LiveEvents.BacklistTriggered))
            _publisher.Publish(
                tenant, new(SseFrameFactory.BacklistTriggered(profile, chat, notificationItems), LiveEvents.BacklistTriggered, profile));
    }

    public void Publish(ProbeMessage probe) => _publisher.Publish(SseFrameFactory.Probe(probe));

    public void BeginBatch() => _publisher.BeginBatch();

    public void Flush() => _publisher.Flush();

    ILiveStream ILiveStreams.Open(TenantId tenant, StreamFilter filter, DateTimeOffset? acceptedUntil, string? subject, string? signedBy)
    {
        // Before the limits: a stream that only sends retry does not count, and after a 429 an EventSource never reconnects.
        if (GetRefusalReason() is { } refusal)
            return OpenRetryOnly(tenant, refusal);

        if (!_slots.TryTake(tenant, subject))
            throw TooMany("This node");

        var subscriber = _subscribers.Create(tenant, filter, isReady: true, acceptedUntil, subject, signedBy);
        if (!_slots.TryAdd(subscriber))
        {
            _slots.Release();
            throw TooMany("The tenant");
        }

        Start(subscriber);
        SubscribedTenantsChanged?.Invoke();
        // Checked again now that the hub has the stream: EndAll may have run just before.
        if (GetRefusalReason() is { } reason)
            subscriber.End(reason);
        return subscriber;
    }

    ILiveStream ILiveStreams.OpenRetryOnly(TenantId tenant) => OpenRetryOnly(tenant, StreamEndReason.Unavailable);

    /// <summary>
    /// From now on a new stream ends at once. Open streams continue until <see cref="StreamDrain"/> ends them. Requests that wait for a
    /// chat end.
    /// </summary>
    public void Close()
    {
        _isClosed = true;
        _watches.Close();
    }

    /// <summary>All open streams of readers.</summary>
    public IEnumerable<SseSubscriber> Streams() => _groups.Tenants.Where(tenant => tenant != ProbeMessage.Tenant).SelectMany(_groups.Get);

    /// <summary>Opens the node's own stream for probes. It is not counted, drained or listed, and has no maximum age.</summary>
    public SseSubscriber OpenForProbes()
    {
        var stream = _subscribers.CreateForProbes((self, _) => _groups.Remove(self));
        _groups.TryAdd(stream, int.MaxValue);
        SubscribedTenantsChanged?.Invoke();
        return stream;
    }

    public void EndWithdrawn(Func<string, bool> isWithdrawn)
    {
        var known = new Dictionary<string, bool>();
        foreach (var subscriber in Streams())
        {
            if (subscriber.SignedBy is not { } signer)
                continue;
            if (!known.TryGetValue(signer, out var isEnding))
                known.Add(signer, isEnding = isWithdrawn(signer));
            if (isEnding)
                subscriber.End(StreamEndReason.KeyWithdrawn);
        }
    }

    public void EndAll(StreamEndReason reason)
    {
        _watches.EndAll();
        foreach (var subscriber in Streams())
            subscriber.End(reason);
    }

    public void EndAll(TenantId tenant, StreamEndReason reason)
    {
        _watches.EndAll(tenant);
        foreach (var subscriber in _groups.Get(tenant))
            subscriber.End(reason);
    }

    public void Dispose() => _timers.Dispose();

    private (long All, long Most) GetQueued()
    {
        var (all, most) = (0L, 0L);
        foreach (var stream in Streams())
        {
            var queued = stream.Traffic.Queued;
            (all, most) = (all + queued, Math.Max(most, queued));
        }

        return (all, most);
    }

    /// <summary>The stream is in no group: an event must not reach a stream without a ready.</summary>
    private SseSubscriber OpenRetryOnly(TenantId tenant, StreamEndReason reason)
    {
        _slots.Take();
        var subscriber = _subscribers.Create(tenant, StreamFilter.Default, isReady: false);
        Start(subscriber);
        subscriber.End(reason);
        return subscriber;
    }

    private void Start(SseSubscriber subscriber)
    {
        Interlocked.Increment(ref _turnover);
        _metrics.Opened();
        StreamOpened(subscriber.Tenant);
        subscriber.Start();
    }

    private StreamEndReason? GetRefusalReason() =>
        IsStopping ? StreamEndReason.Shutdown
        : _feed.IsHealthy ? null
        : StreamEndReason.FeedLost;

    private void OnEnded(SseSubscriber subscriber, StreamEndReason reason)
    {
        _groups.Remove(subscriber);
        _slots.Release();
        Interlocked.Increment(ref _turnover);
        _metrics.Ended(reason);
        StreamEnded(
            subscriber.Tenant, LiveMetrics.NameOf(reason), subscriber.Age.TotalSeconds, _codes?.Find(subscriber.Tenant) ?? "-",
            subscriber.Subject ?? "-");
    }

    private static SdkChatException TooMany(string owner) =>
        new(ErrorCode.TooManyStreams, $"{owner} has as many open streams as it may. Close one, or try again later.");

    [LoggerMessage(4001, LogLevel.Debug, "Stream of tenant {Tenant} opened")]
    private partial void StreamOpened(TenantId tenant);

    [LoggerMessage(
        4002, LogLevel.Information, "Stream of tenant {Tenant} ended: {Reason} after {Seconds:F1} s (code {Code}, subject {Subject})")]
    private partial void StreamEnded(TenantId tenant, string reason, double seconds, string code, string subject);
}
