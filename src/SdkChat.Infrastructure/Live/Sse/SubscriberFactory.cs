using SdkChat.Application.Live;
using SdkChat.Domain.Common;
using SdkChat.Domain.Tenants;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>Creates subscribers with their first frame and their limits, both with jitter.</summary>
internal sealed class SubscriberFactory(
    LiveOptions options, StreamTimerQueue timers, TimeProvider clock, Action<SseSubscriber, StreamEndReason> ended)
{
    /// <param name="isReady">Whether the stream begins with <c>ready</c>. One without it must be in no group.</param>
    public SseSubscriber Create(
        TenantId tenant, StreamFilter filter, bool isReady, DateTimeOffset? acceptedUntil = null, string? subject = null,
        string? signedBy = null)
    {
        var now = clock.Now();
        return new SseSubscriber(tenant, CreateFirstFrame(isReady), CreateLimits(acceptedUntil), timers, ended)
        {
            Id = Guid.CreateVersion7(now), Since = now, Filter = filter, Subject = subject, SignedBy = signedBy,
        };
    }

    /// <param name="endedProbes">Called instead of the method for readers' streams.</param>
    public SseSubscriber CreateForProbes(Action<SseSubscriber, StreamEndReason> endedProbes) =>
        new(ProbeMessage.Tenant, SseFrameFactory.Retry(options.RetryMilliseconds), CreateLimits(acceptedUntil: null), timers, endedProbes);

    private SseFrame CreateFirstFrame(bool isReady)
    {
        var retry = (int)(options.RetryMilliseconds * (0.5 + Random.Shared.NextDouble()));
        return isReady ? SseFrameFactory.RetryAndReady(retry) : SseFrameFactory.Retry(retry);
    }

    private StreamLimits CreateLimits(DateTimeOffset? acceptedUntil) => new(
        options.QueueEvents,
        options.QueueBytes,
        TimeSpan.FromSeconds(options.PingSeconds),
        TimeSpan.FromSeconds(options.MaxAgeSeconds * (0.8 + (0.2 * Random.Shared.NextDouble()))),
        acceptedUntil - clock.GetUtcNow());
}
