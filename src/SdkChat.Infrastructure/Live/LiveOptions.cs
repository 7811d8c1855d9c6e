using System.ComponentModel.DataAnnotations;

namespace SdkChat.Infrastructure.Live;

/// <summary>The streams of this node, and the feed behind them (section <c>Live</c>).</summary>
public sealed record LiveOptions
{
    public const string Section = "Live";

    /// <summary>Streams that one tenant may have open on this node; beyond, 429.</summary>
    [Range(1, 1_000_000)]
    public int MaxStreamsPerTenant { get; init; } = 200;

    /// <summary>Streams that this node may have open; beyond, 429.</summary>
    [Range(1, 1_000_000)]
    public int MaxStreams { get; init; } = 20_000;

    /// <summary>Events that may wait for one reader; one more, and its stream ends as too slow.</summary>
    [Range(1, 1_000_000)]
    public int QueueEvents { get; init; } = 1_000;

    /// <summary>Bytes that may wait for one reader. A single event that is larger still goes out when nothing else waits.</summary>
    [Range(1_024, 1_073_741_824)]
    public int QueueBytes { get; init; } = 1_048_576;

    /// <summary>Seconds between pings, the first so long after <c>ready</c>. The contract says 25.</summary>
    [Range(1, 300)]
    public int PingSeconds { get; init; } = 25;

    /// <summary>Minutes that a stream may stay open, less up to a fifth by chance, so that streams that came together part.</summary>
    [Range(1, 1_440)]
    public int MaxAgeMinutes { get; init; } = 30;

    /// <summary>Milliseconds a reader is asked to wait before it comes back; half to one and a half times that, by chance.</summary>
    [Range(100, 600_000)]
    public int RetryMilliseconds { get; init; } = 3_000;

    /// <summary>Milliseconds after which the feed looks for events that no signal told it of.</summary>
    [Range(10, 60_000)]
    public int PollMilliseconds { get; init; } = 1_000;

    /// <summary>Seconds that a stored event is kept for nodes that have lost their database for a while.</summary>
    [Range(60, 86_400)]
    public int KeepEventsSeconds { get; init; } = 600;
}
