using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Live;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Live.Hub;

/// <summary>
/// The streams of this node, by tenant. A tenant's group is an array that is replaced, never changed: publishing walks the
/// one it finds without a lock, and the last stream takes its group with it.
/// </summary>
internal sealed partial class SseHub : ILiveHub, ILiveStreams
{
    private readonly ConcurrentDictionary<TenantId, SseSubscriber[]> _groups = new();
    private readonly LiveOptions _options;
    private readonly FeedPulse _feed;
    private readonly LiveMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger<SseHub> _logger;
    private readonly CancellationToken _stopping;

    private int _open;

    public SseHub(
        IOptions<LiveOptions> options, FeedPulse feed, LiveMetrics metrics, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<SseHub> logger)
    {
        (_options, _feed, _metrics, _clock, _logger) = (options.Value, feed, metrics, clock, logger);
        _stopping = lifetime.ApplicationStopping;
        _stopping.Register(() => EndAll(StreamEndReason.Shutdown));
    }

    /// <summary>Streams that are open.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>The tenants that somebody watches.</summary>
    public ICollection<TenantId> Watched => _groups.Keys;

    public void ChatCompleted(TenantId tenant, ProfileId profile, ChatId chat)
    {
        if (_groups.TryGetValue(tenant, out var group))
            Publish(group, SseFrames.ChatCompleted(profile, chat));
    }

    public void BacklistTriggered(TenantId tenant, ProfileId profile, ChatId chat, RawJson notificationItems)
    {
        if (_groups.TryGetValue(tenant, out var group))
            Publish(group, SseFrames.BacklistTriggered(profile, chat, notificationItems));
    }

    ILiveStream ILiveStreams.Open(TenantId tenant, DateTimeOffset? acceptedUntil)
    {
        Reserve();
        var subscriber = new SseSubscriber(tenant, FirstFrame(), Limits(acceptedUntil), _clock, Ended);
        if (!TryAdd(subscriber))
        {
            Interlocked.Decrement(ref _open);
            throw TooMany("The tenant");
        }

        _metrics.Opened();
        StreamOpened(tenant);
        subscriber.Start();
        // Asked again now that the hub has it: whoever ends all streams may have looked a moment too early.
        if (WhyNot() is { } reason)
            subscriber.End(reason);
        return subscriber;
    }

    /// <summary>Ends every stream.</summary>
    public void EndAll(StreamEndReason reason)
    {
        foreach (var tenant in _groups.Keys)
            EndAll(tenant, reason);
    }

    /// <summary>Ends every stream of the tenant.</summary>
    public void EndAll(TenantId tenant, StreamEndReason reason)
    {
        if (!_groups.TryGetValue(tenant, out var group))
            return;
        foreach (var subscriber in group)
            subscriber.End(reason);
    }

    private void Publish(SseSubscriber[] group, ReadOnlyMemory<byte> frame)
    {
        var queued = 0;
        foreach (var subscriber in group)
            queued += subscriber.Offer(frame) ? 1 : 0;
        _metrics.EventQueued(queued);
    }

    private StreamEndReason? WhyNot() =>
        _stopping.IsCancellationRequested ? StreamEndReason.Shutdown
        : _feed.Vouches ? null
        : StreamEndReason.FeedLost;

    private ReadOnlyMemory<byte> FirstFrame()
    {
        var retry = (int)(_options.RetryMilliseconds * (0.5 + Random.Shared.NextDouble()));
        return WhyNot() is null ? SseFrames.RetryAndReady(retry) : SseFrames.Retry(retry);
    }

    private StreamLimits Limits(DateTimeOffset? acceptedUntil) => new(
        _options.QueueEvents,
        _options.QueueBytes,
        TimeSpan.FromSeconds(_options.PingSeconds),
        TimeSpan.FromSeconds(_options.MaxAgeSeconds * (0.8 + (0.2 * Random.Shared.NextDouble()))),
        acceptedUntil - _clock.GetUtcNow());

    private void Reserve()
    {
        if (Interlocked.Increment(ref _open) <= _options.MaxStreams)
            return;

        Interlocked.Decrement(ref _open);
        throw TooMany("This node");
    }

    private bool TryAdd(SseSubscriber subscriber)
    {
        while (true)
        {
            if (!_groups.TryGetValue(subscriber.Tenant, out var group))
            {
                if (_groups.TryAdd(subscriber.Tenant, [subscriber]))
                    return true;
            }
            else if (group.Length >= _options.MaxStreamsPerTenant)
            {
                return false;
            }
            else if (_groups.TryUpdate(subscriber.Tenant, [.. group, subscriber], group))
            {
                return true;
            }
        }
    }

    private void Remove(SseSubscriber subscriber)
    {
        while (_groups.TryGetValue(subscriber.Tenant, out var group))
        {
            SseSubscriber[] rest = [.. group.Where(other => other != subscriber)];
            if (rest.Length == 0
                ? _groups.TryRemove(KeyValuePair.Create(subscriber.Tenant, group))
                : _groups.TryUpdate(subscriber.Tenant, rest, group))
                return;
        }
    }

    private void Ended(SseSubscriber subscriber, StreamEndReason reason)
    {
        Remove(subscriber);
        Interlocked.Decrement(ref _open);
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
