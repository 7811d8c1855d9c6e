using Microsoft.Extensions.Options;

namespace SdkChat.Infrastructure.Live.Probe;

/// <summary>
/// How many probes in a row have not returned. Counted in probes, not in time: a process that was stopped for a minute has sent none,
/// and is healthy as soon as it runs.
/// </summary>
internal sealed class ProbeStatus
{
    private readonly int _threshold;
    private int _missing;

    public ProbeStatus(IOptions<LiveOptions> options, LiveMetrics metrics)
    {
        _threshold = options.Value.ProbeGrace;
        metrics.AskProbe(() => Missing);
    }

    public int Missing => Volatile.Read(ref _missing);

    /// <summary>Whether so many probes are missing that events may not reach this node's streams.</summary>
    public bool IsFailing => Missing >= _threshold;

    /// <summary>A probe has not returned in its time.</summary>
    /// <returns>Whether the threshold is reached with this one.</returns>
    public bool RecordFailure() => Interlocked.Increment(ref _missing) == _threshold;

    /// <summary>A probe has returned.</summary>
    /// <returns>Whether the threshold was reached until now.</returns>
    public bool RecordSuccess() => Interlocked.Exchange(ref _missing, 0) >= _threshold;
}
