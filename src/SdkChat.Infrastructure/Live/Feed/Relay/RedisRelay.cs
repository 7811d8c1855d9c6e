using Microsoft.Extensions.Options;
using SdkChat.Application.Live;

namespace SdkChat.Infrastructure.Live.Feed.Relay;

/// <summary>
/// One elected node reads the database and relays events of <see cref="LiveEvents.Default"/> through Redis. A node with a stream that
/// carries other kinds reads the database while that stream is open.
/// </summary>
internal sealed class RedisRelay(
    RelayElection election, RelayFollowing following, RelayPublisher publisher, RelayInbox inbox, RelayReception reception,
    ILiveHub hub, ISubscribedTenants subscribed, IOptions<RedisOptions> options, TimeProvider clock)
    : IFeedRelay
{
    /// <summary>How often the relay reports an empty read.</summary>
    private readonly TimeSpan _spacing = options.Value.Silence / 8;

    private FeedPosition? _passedTo;
    private long _passedAt;

    public bool IsFollowing => !election.Leads && following.IsFollowing && !HasOptInStreams;

    private bool HasOptInStreams => subscribed.SubscribedKinds != LiveEvents.Default;

    public RelayedBatch? Take()
    {
        if (!HasOptInStreams)
        {
            var batch = inbox.Take(tenant => tenant == ProbeMessage.Tenant || hub.HasSubscribers(tenant, LiveEvents.Default));
            if (batch is { IsComplete: false })
                reception.Missed(batch.Missing, batch.ArrivedAt);
            return batch;
        }

        // Relayed batches lack events that this node needs. They only show that there is a leader.
        while (inbox.Take(_ => false) is not null)
            Followed();
        return null;
    }

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

        // Every message begins at the end of the previous one, so that a follower that misses one notices.
        var start = from is null ? to : _passedTo ?? from;
        // A gap is relayed at once: the next message must not appear to continue from before it.
        if (from is not null && events.Count == 0 && _passedTo is not null && clock.GetElapsedTime(_passedAt) < _spacing)
            return;

        _passedTo = publisher.TrySend(start, to, from is null ? [] : [.. events.Where(IsRelayed)]) ? to : null;
        _passedAt = clock.GetTimestamp();
    }

    private static bool IsRelayed(FeedItem item) =>
        item is not CommittedEvent { Event: var happened } || (ChatEventKinds.ToLiveEvent(happened) & LiveEvents.Default) != 0;
}
