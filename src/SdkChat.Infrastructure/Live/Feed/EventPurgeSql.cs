namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// Removes old events (migration 0006). The horizon is moved first, so that readers that are further behind notice it. Slots that lie
/// entirely behind the horizon are emptied later.
/// </summary>
internal static class EventPurgeSql
{
    public const int SlotCount = 6;

    /// <summary>The current snapshot, and the database's epoch.</summary>
    public const string Snapshot = "select pg_current_snapshot()::text as snapshot, epoch from chat_event_horizon";

    /// <summary>
    /// Records that events that <c>@old</c> shows may be removed. Of nodes that purge at the same time, the furthest snapshot is kept. A
    /// snapshot of another epoch belongs to another server and changes nothing.
    /// </summary>
    public const string MoveHorizon =
        $"""
        update chat_event_horizon horizon
        set purged = @old::pg_snapshot
        where pg_snapshot_xmax(purged) < pg_snapshot_xmax(@old::pg_snapshot) and epoch = @epoch and not {FeedTakeoverSql.IsForeign}
        """;

    /// <summary>For each slot, whether it may be emptied.</summary>
    public static IReadOnlyDictionary<int, string> IsOld { get; } = Each(slot =>
        $"""
        select exists (select from chat_event_{slot})
          and exists (select from chat_event_horizon horizon where epoch = @epoch and not {FeedTakeoverSql.IsForeign})
          -- A slot that is written now, or was a moment ago, is never emptied, whatever its transaction ids: after a crash a server may
          -- assign ids again.
          and (extract(epoch from clock_timestamp())::bigint / 300 - {slot} + 600) % {SlotCount} > 1
          and not exists (select from chat_event_{slot} where xid >= pg_snapshot_xmax(@old::pg_snapshot))
          and not exists (select from chat_event_{slot} where xid = any (array(select pg_snapshot_xip(@old::pg_snapshot))))
        """);

    /// <summary>
    /// Locks the slot exclusively, or fails soon: statements that wait for this lock block others. Readers lock all slots before they take
    /// their snapshot, so no reader finds a slot empty that its snapshot shows as filled.
    /// </summary>
    public static IReadOnlyDictionary<int, string> Take { get; } = Each(slot =>
        $"""
        set local lock_timeout = '100ms';
        lock table chat_event_{slot} in access exclusive mode
        """);

    public static IReadOnlyDictionary<int, string> Empty { get; } = Each(slot => $"truncate chat_event_{slot}");

    private static Dictionary<int, string> Each(Func<int, string> statement) =>
        Enumerable.Range(0, SlotCount).ToDictionary(slot => slot, statement);
}
