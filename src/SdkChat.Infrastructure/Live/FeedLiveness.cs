namespace SdkChat.Infrastructure.Live;

/// <summary>
/// Whether this node's feed is up to date: it has a position, and it has read within the grace period. Silence is counted in ticks, not in
/// time: a process that was suspended for a minute has counted no ticks, and catches up.
/// </summary>
internal sealed class FeedLiveness
{
    private const int NotStarted = int.MaxValue;

    private int _silentTicks = NotStarted;
    private volatile bool _lost = true;

    /// <summary>Whether streams may be open.</summary>
    public bool IsHealthy => !_lost;

    /// <summary>The feed has read everything that was committed.</summary>
    public void RecordProgress()
    {
        Volatile.Write(ref _silentTicks, 0);
        _lost = false;
    }

    /// <summary>Counts one tick without progress. The first one may follow progress at once, so it is not part of the grace.</summary>
    /// <param name="grace">The ticks without progress that the feed may have, 1 at least.</param>
    /// <returns>Whether the grace period ends with this tick.</returns>
    public bool Tick(int grace)
    {
        var silent = Volatile.Read(ref _silentTicks);
        if (silent == NotStarted)
            return false;

        // Progress in between counts: the next tick begins with it.
        if (Interlocked.CompareExchange(ref _silentTicks, silent + 1, silent) != silent || silent != grace)
            return false;

        _lost = true;
        return true;
    }
}
