namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>Where a reader stands in the feed.</summary>
/// <param name="Seen">A snapshot: every event that it shows has been read.</param>
/// <param name="LastXid">The highest transaction whose events are among them.</param>
internal sealed record FeedPlace(string Seen, ulong LastXid)
{
    /// <summary>The snapshot up to which is being read, while that takes more than one page; else null.</summary>
    public string? Target { get; init; }

    /// <summary>Within the target: the last event that was read.</summary>
    public long After { get; init; }

    /// <summary>Within the target: the highest transaction among the events read.</summary>
    public ulong PageXid { get; init; }
}
