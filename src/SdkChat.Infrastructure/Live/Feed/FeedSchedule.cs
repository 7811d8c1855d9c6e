using Microsoft.Extensions.Options;
using SdkChat.Infrastructure.Common;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// When the feed reads: as soon as it is signalled, and at an interval in any case. The interval is shorter while no notifications arrive.
/// </summary>
internal sealed class FeedSchedule : IDisposable
{
    private readonly AsyncSignal _signal = new();
    private readonly LiveOptions _options;
    private readonly ITimer _poll;

    private bool? _isListening;

    public FeedSchedule(IOptions<LiveOptions> options, TimeProvider clock)
    {
        _options = options.Value;
        _poll = clock.CreateTimer(static state => ((FeedSchedule)state!).Set(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        SetListening(false);
    }

    public void Set() => _signal.Set();

    public ValueTask WaitAsync(CancellationToken cancellationToken) => _signal.WaitAsync(cancellationToken);

    /// <summary>Sets whether this node receives notifications.</summary>
    /// <returns>Whether that is a change.</returns>
    public bool SetListening(bool isListening)
    {
        // Not with every notification, which would delay the next poll each time.
        if (_isListening == isListening)
            return false;

        _isListening = isListening;
        var interval = TimeSpan.FromMilliseconds(isListening ? _options.PollMilliseconds : _options.DeafPollMilliseconds);
        _poll.Change(interval, interval);
        return true;
    }

    public void Dispose() => _poll.Dispose();
}
