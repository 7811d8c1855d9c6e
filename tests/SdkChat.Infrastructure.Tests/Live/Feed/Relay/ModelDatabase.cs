using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Live.Feed;

namespace SdkChat.Infrastructure.Tests.Live.Feed.Relay;

/// <summary>As much of PostgreSQL as a feed sees: numbers, who holds them, what is committed, and what a snapshot shows.</summary>
internal sealed class ModelDatabase
{
    private const int Chats = 3;

    private readonly HashSet<ulong> _open = [];
    private readonly List<CommittedEvent> _kept = [];
    private ulong _next = 10;
    private ulong _highest;

    /// <summary>Every event ever, in the order of the commits. The profile is its own; the chat has others.</summary>
    public List<CommittedEvent> Committed { get; } = [];

    /// <summary>Those that have not been removed.</summary>
    public IReadOnlyList<CommittedEvent> Kept => _kept;

    /// <summary>Another with every copy of the database that takes this one's place.</summary>
    public Guid Epoch { get; private set; } = new(1, 0, 0, new byte[8]);

    public string Snapshot => $"{_open.DefaultIfEmpty(_next).Min()}:{_next}:{string.Join(',', _open.Order())}";

    public void Begin() => _open.Add(_next++);

    public void Finish(int choice, bool isCommit)
    {
        if (_open.Count == 0)
            return;

        var xid = _open.Order().ElementAt(choice % _open.Count);
        _open.Remove(xid);
        if (!isCommit)
            return;

        var committed = new CommittedEvent(
            xid,
            new ChatCompleted(
                new TenantId(Guid.Empty), new ChatId(new Guid(choice % Chats, 0, 0, new byte[8])), new ProfileId(Guid.NewGuid())));
        _highest = Math.Max(_highest, xid);
        Committed.Add(committed);
        _kept.Add(committed);
    }

    /// <summary>Whoever is open comes to nothing, and numbers above the highest that left a trace are given out again.</summary>
    /// <returns>How many those are.</returns>
    public int Crash()
    {
        var before = _next;
        _open.Clear();
        _next = Math.Max(10, _highest + 1);
        return (int)(before - _next);
    }

    /// <summary>A dump is restored on a server that has given out fewer numbers, and taken over: events of before are removed.</summary>
    public void Replace(int choice)
    {
        Epoch = new Guid(Committed.Count + 2, (short)choice, 1, new byte[8]);
        _open.Clear();
        _kept.Clear();
        _next = 10 + (ulong)(choice % 16);
        _highest = 0;
    }

    public void Trim(Predicate<CommittedEvent> isOld) => _kept.RemoveAll(isOld);
}
