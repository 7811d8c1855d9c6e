using System.ComponentModel.DataAnnotations;

namespace SdkChat.Infrastructure.Live;

/// <summary>Live stream and change feed (section <c>Live</c>).</summary>
public sealed record LiveOptions
{
    public const string Section = "Live";

    /// <summary>Maximum number of open streams of one tenant on one node.</summary>
    [Range(1, 100_000)]
    public int MaxStreamsPerTenant { get; init; } = 200;

    /// <summary>Maximum number of open streams on one node.</summary>
    [Range(1, 1_000_000)]
    public int MaxStreams { get; init; } = 20_000;

    /// <summary>
    /// Maximum number of requests of one tenant on one node that wait for a chat to change (<c>Prefer: wait</c>). More are answered at
    /// once.
    /// </summary>
    [Range(1, 100_000)]
    public int MaxWaitsPerTenant { get; init; } = 500;

    /// <summary>Maximum number of requests on one node that wait for a chat to change.</summary>
    [Range(1, 1_000_000)]
    public int MaxWaits { get; init; } = 5000;

    /// <summary>Maximum number of events that wait for one reader. One more ends the stream as <c>too_slow</c>.</summary>
    [Range(2, 1_000_000)]
    public int QueueEvents { get; init; } = 1000;

    /// <summary>Maximum number of bytes that wait for one reader. A single event may exceed it.</summary>
    [Range(1024, 1 << 30)]
    public int QueueBytes { get; init; } = 1 << 20;

    /// <summary>Seconds between two pings, and before the first one.</summary>
    [Range(1, 300)]
    public int PingSeconds { get; init; } = 25;

    /// <summary>Maximum age of a stream in seconds. Streams end at a random age between four fifths of it and all of it.</summary>
    [Range(1, 86_400)]
    public int MaxAgeSeconds { get; init; } = 1800;

    /// <summary>
    /// Seconds over which a node spreads the ends of its streams after SIGTERM, so that readers do not all reconnect at once. Unset: 5 in
    /// Production, otherwise 0. An interrupt (Ctrl-C) never drains.
    /// </summary>
    [Range(0, 300)]
    public double? DrainSeconds { get; init; }

    /// <summary>
    /// Detach streams over plain HTTP/1.1 from the web server and write them directly to their sockets, which costs the least. If false,
    /// every stream stays a request of the web server, as it does over TLS and HTTP/2.
    /// </summary>
    public bool DirectOutput { get; init; } = true;

    /// <summary>
    /// Reconnect delay that <c>retry:</c> asks of readers, in milliseconds. Each stream gets a random value between half and one and a half
    /// times it.
    /// </summary>
    [Range(100, 600_000)]
    public int RetryMilliseconds { get; init; } = 3000;

    /// <summary>
    /// Milliseconds between two reads of the change feed while notifications arrive and none announces an event; at most half of
    /// <c>FeedGraceSeconds</c>.
    /// </summary>
    [Range(10, 60_000)]
    public int PollMilliseconds { get; init; } = 1000;

    /// <summary>
    /// Milliseconds between two reads of the change feed while notifications do not arrive; at most half of <c>FeedGraceSeconds</c>.
    /// </summary>
    [Range(10, 60_000)]
    public int FallbackPollMilliseconds { get; init; } = 200;

    /// <summary>Seconds without a notification after which the listener tests its connection. The test has the same time limit.</summary>
    [Range(1, 600)]
    public int ListenSilenceSeconds { get; init; } = 10;

    /// <summary>
    /// Seconds without an answer from the database after which the node ends its streams as <c>feed_lost</c>; shorter than
    /// <c>EventRetentionMinutes</c>.
    /// </summary>
    [Range(1, 3600)]
    public int FeedGraceSeconds { get; init; } = 30;

    /// <summary>
    /// Whether a feed that makes progress at such an interval does so twice within the grace period; otherwise quiet streams would end.
    /// </summary>
    internal bool IsWithinGrace(int intervalMilliseconds) => intervalMilliseconds <= FeedGraceSeconds * 1000 / 2;

    /// <summary>
    /// Seconds between two delivery probes, each varied by up to a fifth; 0 disables them. A probe is an event that the node sends itself
    /// through the database and the change feed.
    /// </summary>
    [Range(0, 3600)]
    public double ProbeSeconds { get; init; } = 10;

    /// <summary>Number of consecutive lost delivery probes after which the node is not ready.</summary>
    [Range(1, 1000)]
    public int ProbeFailureThreshold { get; init; } = 3;

    /// <summary>Minimum time in minutes for which events are kept for nodes that lag. They are removed at most six minutes later.</summary>
    [Range(1, 20)]
    public int EventRetentionMinutes { get; init; } = 10;
}
