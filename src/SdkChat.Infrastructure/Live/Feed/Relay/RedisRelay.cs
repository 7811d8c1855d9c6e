using Microsoft.Extensions.Options;
using SdkChat.Application.Live;

namespace SdkChat.Infrastructure.Live.Feed.Relay;

/// <summary>One elected node reads the database and relays through Redis what it read.</summary>
internal sealed class RedisRelay(
    RelayElection election, RelayFollowing following, RelayPublisher publisher, RelayInbox inbox, ILiveHub hub, IOptions<RedisOptions> options, TimeProvider clock)
    : IFeedRelay
{
    /// <summary>How often the relay reports an empty read.</summary>
    private readonly TimeSpan _spacing = options.Value.Silence / 8;

    private FeedPosition? _passedTo;
    private long _passedAt;

    public bool IsFollowing => !election.Leads && following.IsFollowing;

    public RelayedBatch? Take() => inbox.Take(hub.HasSubscribers);

    public void Followed()
    {
        if (!election.Leads)
            following.Followed();
    }

    public void Pass(FeedPosition? from, FeedPosition to, IReadOnlyList<FeedItem> events)
    {
        if (!election.Leads)
        {
            _passedTo = null;
            return;
        }

        // Every message begins where the one before ended, so that a follower that misses one notices.
        var start = from is null ? to : _passedTo ?? from;
        // A gap is relayed at once: the next message must not seem to continue from before it.
        if (from is not null && events.Count == 0 && _passedTo is not null && clock.GetElapsedTime(_passedAt) < _spacing)
            return;

        _passedTo = publisher.TrySend(start, to, from is null ? [] : events) ? to : null;
        _passedAt = clock.GetTimestamp();
    }
}
