using Microsoft.Extensions.Time.Testing;
using SdkChat.Infrastructure.Live.Feed;
using SdkChat.Infrastructure.Live.Feed.Relay;

namespace SdkChat.Infrastructure.Tests.Live.Feed.Relay;

/// <summary>
/// What a node remembers, and what its streams were given. The rules are the real ones: <see cref="FeedPosition"/> and
/// <see cref="RelayInbox"/>.
/// </summary>
internal sealed class ModelNode
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ModelDatabase _database;
    private readonly List<FeedItem> _given = [];

    private string _name;
    private RelayInbox _inbox = null!;
    private FeedPosition _position = null!;
    private int _startedAt;
    private long _batch;

    public ModelNode(string name, ModelDatabase database)
    {
        (_name, _database) = (name, database);
        Restart();
    }

    public bool Covers(ulong xid) => _position.Covers(xid);

    /// <summary>As a new process does: what is committed is history.</summary>
    public void Restart()
    {
        _name += "'";
        _inbox = new RelayInbox(_clock);
        BeginAgain();
    }

    /// <summary>The streams end; those that come after them are owed what commits from now on.</summary>
    private void BeginAgain()
    {
        _given.Clear();
        _startedAt = _database.Committed.Count;
        _position = new FeedPosition(_database.Snapshot, Highest(_database.Kept)) { Epoch = _database.Epoch };
    }

    /// <summary>As <see cref="EventReader"/> reads: whatever is kept and not covered.</summary>
    public IReadOnlyList<FeedItem> Read()
    {
        if (_position.Epoch != _database.Epoch)
        {
            BeginAgain();
            return [];
        }

        var news = _database.Kept.Where(committed => !_position.Covers(committed.Xid)).ToArray();
        _position = new FeedPosition(_database.Snapshot, Math.Max(_position.LastXid, Highest(news))) { Epoch = _position.Epoch };
        _given.AddRange(news);
        return news;
    }

    /// <summary>Reads, and passes on what it read.</summary>
    public IReadOnlyList<(RelayPart? Part, RelayEnd? End)> Relay()
    {
        var from = _position;
        var events = Read().Select(RelayedEvent.From).ToArray();
        // A place in a former database is none: the others see a gap.
        from = from.Epoch == _position.Epoch ? from : _position;
        var end = new RelayEnd(
            _name, ++_batch, RelayedPosition.From(from), RelayedPosition.From(_position), events.Length > 0 ? [Guid.Empty] : []);
        return events.Length > 0 ? [(new RelayPart(_name, _batch, Guid.Empty, events), null), (null, end)] : [(null, end)];
    }

    public void Receive(RelayPart? part, RelayEnd? end, RelayModelTests.Sights seen)
    {
        if (part is not null)
            _inbox.Offer(part);
        if (end is not null)
            _inbox.Offer(end);
        // A part that has not come yet sometimes comes in time, and sometimes not.
        if (_batch % 2 == 0)
            _clock.Advance(RelayInbox.PartTimeout);
        while (_inbox.Take(_ => true) is { } batch)
            Follow(batch, seen);
    }

    /// <summary>Whether its streams got what was committed since it started: each once, and the events of a chat in order.</summary>
    public bool IsRight()
    {
        var due = _database.Committed.Skip(_startedAt).ToLookup(committed => committed.Event.Chat);
        var given = _given.Cast<CommittedEvent>().ToLookup(committed => committed.Event.Chat);
        return due.Select(chat => chat.Key).Union(given.Select(chat => chat.Key))
            .All(chat => due[chat].Select(committed => committed.Event).SequenceEqual(given[chat].Select(committed => committed.Event)));
    }

    /// <summary>As <see cref="EventFeed"/> follows.</summary>
    private void Follow(RelayedBatch batch, RelayModelTests.Sights seen)
    {
        if (batch.IsComplete && EventReader.Meet(_position, batch.From, batch.To) is { } next)
        {
            var news = batch.Events.Where(committed => !_position.Covers(committed.Xid)).ToArray();
            _given.AddRange(news);
            _position = next;
            seen.Followed++;
            seen.TakenFromRelay += news.Length;
            seen.AlreadyKnown += batch.Events.Count - news.Length;
        }
        else
        {
            seen.Gaps++;
            Read();
        }
    }

    private static ulong Highest(IEnumerable<FeedItem> events) => events.Select(committed => committed.Xid).DefaultIfEmpty().Max();
}
