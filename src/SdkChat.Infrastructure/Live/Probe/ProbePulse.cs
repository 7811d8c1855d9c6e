using Microsoft.Extensions.Options;

namespace SdkChat.Infrastructure.Live.Probe;

/// <summary>
/// How many probes in a row have not come back. In probes, not in time: a process that was stopped for a minute has sent none
/// either, and is well as soon as it runs.
/// </summary>
internal sealed class ProbePulse
{
    private readonly int _grace;
    private int _missing;

    public ProbePulse(IOptions<LiveOptions> options, LiveMetrics metrics)
    {
        _grace = options.Value.ProbeGrace;
        metrics.AskProbe(() => Missing);
    }

    public int Missing => Volatile.Read(ref _missing);

    /// <summary>Whether so many are missing that events cannot be relied on to get to this node's streams.</summary>
    public bool IsLost => Missing >= _grace;

    /// <summary>The time of a probe is over, and it has not come back.</summary>
    /// <returns>Whether that makes the node unfit.</returns>
    public bool Missed() => Interlocked.Increment(ref _missing) == _grace;

    /// <summary>One has come back.</summary>
    /// <returns>Whether the node was unfit until now.</returns>
    public bool Returned() => Interlocked.Exchange(ref _missing, 0) >= _grace;
}
