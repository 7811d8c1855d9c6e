using System.ComponentModel.DataAnnotations;

namespace SdkChat.Infrastructure.Live;

/// <summary>How the live stream and its feed behave (section <c>Live</c>).</summary>
public sealed record LiveOptions
{
    public const string Section = "Live";

    /// <summary>Streams that one tenant may have open on one node.</summary>
    [Range(1, 100_000)]
    public int MaxStreamsPerTenant { get; init; } = 200;

    /// <summary>Streams that one node holds open.</summary>
    [Range(1, 1_000_000)]
    public int MaxStreams { get; init; } = 20_000;

    /// <summary>Events that may wait for one reader; with one more it is too slow.</summary>
    [Range(2, 1_000_000)]
    public int QueueEvents { get; init; } = 1000;

    /// <summary>Bytes that may wait for one reader. One event alone may be larger.</summary>
    [Range(1024, 1 << 30)]
    public int QueueBytes { get; init; } = 1 << 20;

    /// <summary>Seconds between two pings, and before the first.</summary>
    [Range(1, 300)]
    public int PingSeconds { get; init; } = 25;

    /// <summary>The longest that a stream stays open. The least is four fifths of it, so that streams do not end together.</summary>
    [Range(1, 86_400)]
    public int MaxAgeSeconds { get; init; } = 1800;

    /// <summary>
    /// Seconds over which a node that is told to go by SIGTERM spreads the ends of its streams, so that its readers do not all
    /// come back to the other nodes at once. Unset: 5 in Production, none elsewhere. An interrupt (Ctrl-C) never drains.
    /// </summary>
    [Range(0, 300)]
    public double? DrainSeconds { get; init; }

    /// <summary>
    /// Whether streams over plain HTTP/1.1 outlive their requests and are sent straight to their sockets, which costs the least;
    /// otherwise, as over any other protocol, they go through the web server and are requests as long as they live.
    /// </summary>
    public bool DirectOutput { get; init; } = true;

    /// <summary>Milliseconds a reader is asked to wait before it comes back; half to one and a half times that, by chance.</summary>
    [Range(100, 600_000)]
    public int RetryMilliseconds { get; init; } = 3000;

    /// <summary>How often the feed looks although nobody has told it to, while notifications are heard.</summary>
    [Range(10, 60_000)]
    public int PollMilliseconds { get; init; } = 1000;

    /// <summary>How often it looks while notifications are not heard.</summary>
    [Range(10, 60_000)]
    public int DeafPollMilliseconds { get; init; } = 200;

    /// <summary>After how many seconds of silence the listener tests whether it still hears; the test may take as long.</summary>
    [Range(1, 600)]
    public int ListenSilenceSeconds { get; init; } = 10;

    /// <summary>How long the feed may be without an answer from the database before the node ends its streams.</summary>
    [Range(1, 3600)]
    public int FeedGraceSeconds { get; init; } = 30;

    /// <summary>
    /// Seconds between two probes that the node sends to itself through the database and the feed, give or take a fifth; 0 for none.
    /// </summary>
    [Range(0, 3600)]
    public double ProbeSeconds { get; init; } = 10;

    /// <summary>The node is not ready once so many probes in a row have not come back.</summary>
    [Range(1, 1000)]
    public int ProbeGrace { get; init; } = 3;

    /// <summary>How long events are kept for feeds that lag, at the least; what is older goes within six minutes more.</summary>
    [Range(1, 20)]
    public int EventRetentionMinutes { get; init; } = 10;
}
