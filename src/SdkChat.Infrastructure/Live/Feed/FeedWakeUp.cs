using Microsoft.Extensions.Options;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// When the feed looks: as soon as anybody tells it to, and now and then all the same. Now and then is oftener while
/// notifications are not heard.
/// </summary>
internal sealed class FeedWakeUp : IDisposable
{
    private readonly WakeUp _bell = new();
    private readonly LiveOptions _options;
    private readonly ITimer _poll;

    private bool? _hears;

    public FeedWakeUp(IOptions<LiveOptions> options, TimeProvider clock)
    {
        _options = options.Value;
        _poll = clock.CreateTimer(static state => ((FeedWakeUp)state!).Set(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Hears(false);
    }

    public void Set() => _bell.Set();

    public ValueTask WaitAsync(CancellationToken cancellationToken) => _bell.WaitAsync(cancellationToken);

    /// <summary>Whether this node hears the others' notifications.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Hears(bool heard)
    {
        // Not on every notification: it would put the next poll off for as long as there are any.
        if (_hears == heard)
            return false;

        _hears = heard;
        var interval = TimeSpan.FromMilliseconds(heard ? _options.PollMilliseconds : _options.DeafPollMilliseconds);
        _poll.Change(interval, interval);
        return true;
    }

    public void Dispose() => _poll.Dispose();
}
