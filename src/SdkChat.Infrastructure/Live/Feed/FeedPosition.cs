using System.Collections.Frozen;
using System.Globalization;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>A reader's position in the outbox.</summary>
/// <param name="Seen">A snapshot: every event that it shows has been read, or was of a kind that no stream carried.</param>
/// <param name="LastXid">The highest transaction whose events are among them, of any kind.</param>
internal sealed record FeedPosition(string Seen, ulong LastXid)
{
    private readonly Lazy<FrozenSet<ulong>> _open = new(() => OpenIn(Seen));

    /// <summary>The database's epoch (migration 0014). Positions of two epochs cannot be compared.</summary>
    public Guid Epoch { get; init; }

    /// <summary>The target snapshot of a read that takes more than one page; else null.</summary>
    public string? Target { get; init; }

    /// <summary>Within the target: the number of the last event that was read.</summary>
    public long After { get; init; }

    /// <summary>
    /// Whether the events of a transaction, if any, were read. The inverse of the condition in <see cref="EventFeedSql.Read"/>.
    /// </summary>
    public bool Covers(ulong xid) => xid <= LastXid && !_open.Value.Contains(xid);

    /// <summary>Whether every event that was read at the other position was read here too.</summary>
    public bool Covers(FeedPosition other) =>
        other.Epoch == Epoch && other.LastXid <= LastXid && _open.Value.All(xid => xid > other.LastXid || other._open.Value.Contains(xid));

    /// <summary>The position that covers the other; null if neither does.</summary>
    public FeedPosition? Furthest(FeedPosition other) => other.Covers(this) ? other : Covers(other) ? this : null;

    public bool Equals(FeedPosition? other) =>
        other is not null
        && (Seen, LastXid, Epoch, Target, After) == (other.Seen, other.LastXid, other.Epoch, other.Target, other.After);

    public override int GetHashCode() => HashCode.Combine(Seen, LastXid, Epoch, Target, After);

    /// <summary>The transactions that a snapshot (<c>xmin:xmax:xip,…</c>) lists as open.</summary>
    private static FrozenSet<ulong> OpenIn(string snapshot) =>
        snapshot.Split(':')[2].Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(xid => ulong.Parse(xid, CultureInfo.InvariantCulture)).ToFrozenSet();
}
