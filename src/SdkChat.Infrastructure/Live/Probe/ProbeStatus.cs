using Microsoft.Extensions.Options;

namespace SdkChat.Infrastructure.Live.Probe;

/// <summary>
/// Counts how many probes in a row have not arrived. It counts probes, not time: a process that was suspended for a minute has sent none,
/// and is healthy as soon as it runs.
/// </summary>
internal sealed class ProbeStatus
{
    private readonly int _threshold;
    private int _missing;

    public ProbeStatus(IOptions<LiveOptions> options, LiveMetrics metrics)
    {
        _threshold = options.Value.ProbeFailureThreshold;
        metrics.AskProbe(() => Missing);
    }

    public int Missing => Volatile.Read(ref _missing);

    /// <summary>Whether so many probes are missing that events may not reach this node's streams.</summary>
    public bool IsFailing => Missing >= _threshold;

    /// <summary>Records that a probe has not arrived in time.</summary>
    /// <returns>Whether this failure reaches the threshold.</returns>
    public bool RecordFailure() => Interlocked.Increment(ref _missing) == _threshold;

    /// <summary>Records that a probe has arrived.</summary>
    /// <returns>Whether the threshold had been reached.</returns>
    public bool RecordSuccess() => Interlocked.Exchange(ref _missing, 0) >= _threshold;
}
