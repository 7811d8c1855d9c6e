using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Live;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Live;

/// <summary>The open streams of this node, grouped by tenant. A tenant without streams takes no memory.</summary>
internal sealed partial class SseHub(IOptions<LiveOptions> options, LiveMetrics metrics, TimeProvider clock, ILogger<SseHub> logger) : ILiveHub
{
    /// <summary>Streams live for the maximum age less up to this share of it, by chance.</summary>
    private const double AgeJitter = 0.2;

    private readonly LiveOptions _options = options.Value;
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<TenantId, SseGroup> _groups = new();
    private int _count;
    private bool _seesEvents;
    private bool _stopping;

    public IReadOnlyCollection<TenantId> Watched => [.. _groups.Keys];

    /// <summary>Open streams on this node.</summary>
    public int Count => Volatile.Read(ref _count);

    public void Publish(TenantId tenant, string name, ReadOnlyMemory<byte> json)
    {
        if (!_groups.TryGetValue(tenant, out var group))
            return;

        var frame = SseFrames.Event(name, json.Span);
        var queued = 0;
        foreach (var subscriber in group.Snapshot(_gate))
        {
            if (subscriber.Offer(frame))
                queued++;
        }

        metrics.EventsQueued(queued);
    }

    public ILiveStream Open(TenantId tenant, DateTimeOffset? acceptedUntil)
    {
        var stopping = false;
        var subscriber = new SseSubscriber(tenant, _options, clock, Deadline(acceptedUntil), Ended);
        try
        {
            lock (_gate)
            {
                Admit(tenant);
                _groups.GetOrAdd(tenant, static _ => new SseGroup()).Add(subscriber);
                _count++;
                stopping = _stopping;
            }
        }
        catch
        {
            subscriber.Dispose();
            throw;
        }

        metrics.StreamOpened();
        subscriber.Offer(SseFrames.Retry(RetryDelay()));
        if (stopping)
            subscriber.End(StreamEndReason.Shutdown);
        else
            subscriber.Offer(SseFrames.Ready);
        return subscriber;
    }

    public void End(TenantId tenant, StreamEndReason reason)
    {
        if (!_groups.TryGetValue(tenant, out var group))
            return;

        foreach (var subscriber in group.Snapshot(_gate))
            subscriber.End(reason);
    }

    public void EndAll(StreamEndReason reason)
    {
        foreach (var tenant in Watched)
            End(tenant, reason);
    }

    /// <summary>The feed reads from here on: a stream opened now misses nothing.</summary>
    public void SeesEvents() => Volatile.Write(ref _seesEvents, true);

    /// <summary>The node stops: every stream ends, and a new one is over as soon as it has opened.</summary>
    public void Stop()
    {
        lock (_gate)
            _stopping = true;
        EndAll(StreamEndReason.Shutdown);
    }

    private void Admit(TenantId tenant)
    {
        if (!Volatile.Read(ref _seesEvents))
            throw new SdkChatException(ErrorCode.Unavailable, "The node is starting. Try again in a moment.");
        if (_count >= _options.MaxStreams)
            throw new SdkChatException(ErrorCode.TooManyStreams, "This node has as many open streams as it may have.");
        if (_groups.TryGetValue(tenant, out var group) && group.Count >= _options.MaxStreamsPerTenant)
            throw new SdkChatException(ErrorCode.TooManyStreams, "The tenant has as many open streams as it may have: close one first.");
    }

    private void Ended(SseSubscriber subscriber, StreamEndReason reason)
    {
        lock (_gate)
        {
            // Not admitted, or gone already.
            if (!_groups.TryGetValue(subscriber.Tenant, out var group) || !group.Remove(subscriber))
                return;

            _count--;
            if (group.Count == 0)
                _groups.TryRemove(subscriber.Tenant, out _);
        }

        metrics.StreamEnded(reason);
        StreamEnded(subscriber.Tenant, LiveMetrics.Name(reason), clock.GetElapsedTime(subscriber.OpenedAt), subscriber.Taken);
    }

    private (TimeSpan After, StreamEndReason Reason)? Deadline(DateTimeOffset? acceptedUntil)
    {
        var age = TimeSpan.FromMinutes(_options.MaxAgeMinutes) * (1 - (AgeJitter * Random.Shared.NextDouble()));
        if (acceptedUntil is not { } end || end - clock.GetUtcNow() > age)
            return (age, StreamEndReason.MaxAge);

        var left = end - clock.GetUtcNow();
        return (left > TimeSpan.Zero ? left : TimeSpan.Zero, StreamEndReason.TokenExpired);
    }

    private TimeSpan RetryDelay() => TimeSpan.FromMilliseconds(_options.RetryMilliseconds * (0.5 + Random.Shared.NextDouble()));

    [LoggerMessage(LogLevel.Information, "Stream of tenant {Tenant} ended: {Reason}, after {Age}, with {Frames} frames")]
    private partial void StreamEnded(TenantId tenant, string reason, TimeSpan age, long frames);
}
