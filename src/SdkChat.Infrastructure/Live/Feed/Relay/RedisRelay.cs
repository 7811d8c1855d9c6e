using Microsoft.Extensions.Options;
using SdkChat.Infrastructure.Live.Hub;

namespace SdkChat.Infrastructure.Live.Feed.Relay;

/// <summary>One elected node reads the database and passes on through Redis what it read.</summary>
internal sealed class RedisRelay(
    RelayElection election, RelayFollowing following, RelayPublisher publisher, RelayInbox inbox, SseHub hub, IOptions<RedisOptions> options, TimeProvider clock)
    : IFeedRelay
{
    /// <summary>How often the relay says that it has read, even if there was nothing.</summary>
    private readonly TimeSpan _spacing = options.Value.Silence / 8;

    private FeedPlace? _passedTo;
    private long _passedAt;

    public bool IsFollowing => !election.Leads && following.IsFollowing;

    public RelayedBatch? Take() => inbox.Take(hub.IsWatched);

    public void Followed()
    {
        if (!election.Leads)
            following.Followed();
    }

    public void Pass(FeedPlace? from, FeedPlace to, IReadOnlyList<CommittedEvent> events)
    {
        if (!election.Leads)
        {
            _passedTo = null;
            return;
        }

        // Every passage begins where the last ended, so that whoever misses one sees it at the next.
        var start = from is null ? to : _passedTo ?? from;
        // A gap is passed on at once: the next passage must not seem to go on from before it.
        if (from is not null && events.Count == 0 && _passedTo is not null && clock.GetElapsedTime(_passedAt) < _spacing)
            return;

        _passedTo = publisher.TrySend(start, to, from is null ? [] : events) ? to : null;
        _passedAt = clock.GetTimestamp();
    }
}
