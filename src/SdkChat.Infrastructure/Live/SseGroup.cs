namespace SdkChat.Infrastructure.Live;

/// <summary>
/// The open streams of one tenant. Members come and go under the hub's lock; publishing reads a snapshot without one.
/// </summary>
internal sealed class SseGroup
{
    private readonly HashSet<SseSubscriber> _members = [];
    private volatile SseSubscriber[]? _snapshot;

    public int Count => _members.Count;

    public void Add(SseSubscriber subscriber)
    {
        _members.Add(subscriber);
        _snapshot = null;
    }

    public bool Remove(SseSubscriber subscriber)
    {
        _snapshot = null;
        return _members.Remove(subscriber);
    }

    /// <summary>The members of this moment. Built at most once a change, under the hub's lock.</summary>
    public SseSubscriber[] Snapshot(Lock hub)
    {
        if (_snapshot is { } known)
            return known;

        lock (hub)
            return _snapshot = [.. _members];
    }
}
