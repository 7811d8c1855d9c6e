namespace SdkChat.Faults.Load;

/// <summary>One stream, from its <c>ready</c> to its end, and what came on it, in order.</summary>
internal sealed class WatcherSession(DateTimeOffset readyAt)
{
    private readonly List<EventIdentity> _received = [];

    public DateTimeOffset ReadyAt => readyAt;

    public DateTimeOffset? EndedAt { get; private set; }

    public bool IsOpen => EndedAt is null;

    public IReadOnlyList<EventIdentity> Received
    {
        get
        {
            lock (_received)
                return [.. _received];
        }
    }

    public void Add(EventIdentity happened)
    {
        lock (_received)
            _received.Add(happened);
    }

    public void End() => EndedAt = TimeProvider.System.GetUtcNow();
}
