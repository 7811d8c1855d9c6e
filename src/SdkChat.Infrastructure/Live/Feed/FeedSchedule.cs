using Microsoft.Extensions.Options;
using SdkChat.Application.Live;
using SdkChat.Infrastructure.Common;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// Decides when the feed reads: as soon as it is signalled, and at an interval in any case. The interval is shorter while no notifications
/// arrive, and while a stream carries kinds that no notification announces.
/// </summary>
internal sealed class FeedSchedule : IDisposable
{
    /// <summary>How often the feed reads for kinds outside <see cref="LiveEvents.Default"/>, which must arrive within a second.</summary>
    private static readonly TimeSpan OptInInterval = TimeSpan.FromMilliseconds(250);

    private readonly AsyncSignal _signal = new();
    private readonly Lock _gate = new();
    private readonly LiveOptions _options;
    private readonly ISubscribedTenants _subscribed;
    private readonly ITimer _poll;

    private bool? _isListening;
    private TimeSpan _interval;

    public FeedSchedule(IOptions<LiveOptions> options, ISubscribedTenants subscribed, TimeProvider clock)
    {
        (_options, _subscribed) = (options.Value, subscribed);
        _poll = clock.CreateTimer(static state => ((FeedSchedule)state!).Poll(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        subscribed.SubscribedTenantsChanged += UpdateInterval;
        SetListening(false);
    }

    /// <summary>Whether the feed must read now.</summary>
    public bool IsDue => _signal.IsSet;

    public void Set() => _signal.Set();

    public ValueTask WaitAsync(CancellationToken cancellationToken) => _signal.WaitAsync(cancellationToken);

    /// <summary>Sets whether this node receives notifications.</summary>
    /// <returns>Whether that is a change.</returns>
    public bool SetListening(bool isListening)
    {
        if (_isListening == isListening)
            return false;

        _isListening = isListening;
        UpdateInterval();
        return true;
    }

    public void Dispose()
    {
        _subscribed.SubscribedTenantsChanged -= UpdateInterval;
        _poll.Dispose();
    }

    private void Poll()
    {
        Set();
        // The last stream with such kinds may have ended.
        UpdateInterval();
    }

    private void UpdateInterval()
    {
        lock (_gate)
        {
            var interval = TimeSpan.FromMilliseconds(_isListening == true ? _options.PollMilliseconds : _options.FallbackPollMilliseconds);
            if (_subscribed.SubscribedKinds != LiveEvents.Default && interval > OptInInterval)
                interval = OptInInterval;
            // Only on a change: setting the timer delays the next poll.
            if (interval == _interval)
                return;

            _interval = interval;
            _poll.Change(interval, interval);
        }
    }
}
