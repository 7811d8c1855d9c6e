namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// How old events go (migration 0006): first the horizon says up to where, for readers that have not come so far; later the
/// slots that lie behind it whole are emptied.
/// </summary>
internal static class EventPurgeSql
{
    public const int SlotCount = 6;

    /// <summary>What is visible now, and the database's epoch.</summary>
    public const string Snapshot = "select pg_current_snapshot()::text as snapshot, epoch from chat_event_horizon";

    /// <summary>
    /// Says that whatever <c>@old</c> shows may be gone. Nodes that purge at the same time agree on the furthest. A snapshot of another
    /// epoch belongs to another server and moves nothing.
    /// </summary>
    public const string MoveHorizon =
        $"""
        update chat_event_horizon horizon
        set purged = @old::pg_snapshot
        where pg_snapshot_xmax(purged) < pg_snapshot_xmax(@old::pg_snapshot) and epoch = @epoch and not {FeedTakeoverSql.IsForeign}
        """;

    /// <summary>Whether a slot may be emptied, by slot.</summary>
    public static IReadOnlyDictionary<int, string> IsOld { get; } = Each(slot =>
        $"""
        select exists (select from chat_event_{slot})
          and exists (select from chat_event_horizon horizon where epoch = @epoch and not {FeedTakeoverSql.IsForeign})
          -- Whatever the transactions say, nobody empties a slot that is written now or was a moment ago: a server that has
          -- crashed may give numbers out again.
          and (extract(epoch from clock_timestamp())::bigint / 300 - {slot} + 600) % {SlotCount} > 1
          and not exists (select from chat_event_{slot} where xid >= pg_snapshot_xmax(@old::pg_snapshot))
          and not exists (select from chat_event_{slot} where xid = any (array(select pg_snapshot_xip(@old::pg_snapshot))))
        """);

    /// <summary>
    /// Takes the slot from everybody, or gives up soon: whoever waits for it makes others wait. Readers lock all slots before
    /// they take their snapshot, so none finds a slot empty that its snapshot says is full.
    /// </summary>
    public static IReadOnlyDictionary<int, string> Take { get; } = Each(slot =>
        $"""
        set local lock_timeout = '100ms';
        lock table chat_event_{slot} in access exclusive mode
        """);

    public static IReadOnlyDictionary<int, string> Empty { get; } = Each(slot => $"truncate chat_event_{slot}");

    private static Dictionary<int, string> Each(Func<int, string> statement) => Enumerable.Range(0, SlotCount).ToDictionary(slot => slot, statement);
}
