namespace SdkChat.Infrastructure.Live;

/// <summary>
/// Whether this node's feed can vouch that it misses nothing: it has its place, and it has read within the grace. Silence is
/// counted in ticks, not in time: a process that was stopped for a minute has heard no ticks either, and catches up.
/// </summary>
internal sealed class FeedPulse
{
    private const int NotStarted = int.MaxValue;

    private int _silentTicks = NotStarted;
    private volatile bool _lost = true;

    /// <summary>Whether streams may be open.</summary>
    public bool Vouches => !_lost;

    /// <summary>The feed has read to the end of what there was.</summary>
    public void Beat()
    {
        Volatile.Write(ref _silentTicks, 0);
        _lost = false;
    }

    /// <summary>Counts one tick of silence.</summary>
    /// <returns>Whether the grace has passed with this one.</returns>
    public bool Tick(int grace)
    {
        var silent = Volatile.Read(ref _silentTicks);
        if (silent == NotStarted)
            return false;

        // A beat in between wins; the next tick counts from it.
        Interlocked.CompareExchange(ref _silentTicks, silent + 1, silent);
        if (silent + 1 != grace)
            return false;

        _lost = true;
        return true;
    }
}
