namespace SdkChat.Infrastructure.Standby;

/// <summary>WAL positions of the primary that the standby has not replayed, each with an instant before it was read.</summary>
internal sealed class StandbySamples
{
    /// <summary>
    /// If there are more, the oldest is dropped, and the lag counts as more until the standby has replayed the next. Nothing is lost by
    /// that: while the standby is behind, no read requests a round and one sample is added in <see cref="StandbyMonitor.Interval"/> or
    /// more, so that the dropped one is more than two minutes old. Database:StandbyMaxLagSeconds is 30 at most.
    /// </summary>
    public const int Most = 500;

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
