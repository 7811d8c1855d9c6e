namespace SdkChat.Infrastructure.Live;

/// <summary>The feed's statements. It reads and purges events of all tenants; each row says whose it is.</summary>
internal static class EventSql
{
    public const string Snapshot = "select pg_current_snapshot()::text";

    /// <summary>
    /// What has become visible since the previous snapshot, and the snapshot to ask from next time; both of one statement,
    /// hence of one moment. A transaction that commits late is found when it commits, whatever its number, and one that
    /// stays open hides nobody else. Always one row at least; <c>is_behind</c> says that the previous snapshot is of a
    /// database that this one does not continue (it was restored, say).
    /// </summary>
    public const string ReadSince =
        """
        select now.snapshot::text as snapshot,
               pg_snapshot_xmin(now.snapshot) < pg_snapshot_xmin(@previous::pg_snapshot) as is_behind,
               e.event_id, e.kind, e.tenant_id, e.chat_id, e.profile_id, e.notification_items
        from (select pg_current_snapshot() as snapshot) now
        left join (
          select event_id, kind, tenant_id, chat_id, profile_id, notification_items
          from chat_event
          where kind in ('chat_completed', 'backlist_triggered')
            and xid >= pg_snapshot_xmin(@previous::pg_snapshot)
            and not pg_visible_in_snapshot(xid, @previous::pg_snapshot)
        ) e on true
        order by e.event_id
        """;

    public const string Notify = "select pg_notify(@channel, @node)";

    public const string Purge = "delete from chat_event where created_at < now() - make_interval(secs => @seconds)";
}
