namespace SdkChat.Infrastructure.Standby;

/// <summary>WAL positions of the primary that the standby has not replayed, each with an instant before it was read.</summary>
internal sealed class StandbySamples
{
    /// <summary>If the standby is far behind, some in between are dropped: its lag then counts as more, not as less.</summary>
    private const int Most = 500;

    private readonly Queue<(long At, long Position)> _samples = new();

    public bool IsEmpty => _samples.Count == 0;

    public void Add(long at, long position)
    {
        if (_samples.Count >= Most)
            _samples.Dequeue();
        _samples.Enqueue((at, position));
    }

    public void Clear() => _samples.Clear();

    /// <summary>Removes the samples up to a replayed position.</summary>
    /// <returns>The instant of the newest of them; null if there is none.</returns>
    public long? Replayed(long position)
    {
        long? newest = null;
        while (_samples.TryPeek(out var sample) && sample.Position <= position)
            newest = _samples.Dequeue().At;
        return newest;
    }
}
