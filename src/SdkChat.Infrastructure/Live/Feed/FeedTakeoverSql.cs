namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// Detects a copy of the database on another server (a restored dump, logical replication) and takes it over (migration 0014). The
/// transaction ids in such a copy have no meaning on this server.
/// </summary>
internal static class FeedTakeoverSql
{
    /// <summary>
    /// Whether the row <c>horizon</c> was written on another server. The second test applies if the row was changed by hand or by a version
    /// without <c>written_by</c>: no row that this server wrote is ahead of it.
    /// </summary>
    public const string IsForeign =
        """
        (horizon.xmin <> horizon.written_by::xid or pg_snapshot_xmax(horizon.purged) > pg_snapshot_xmax(pg_current_snapshot()))
        """;

    /// <summary>
    /// Whether there are events ahead of the server. A row is visible before its transaction id only if another server wrote it.
    /// </summary>
    public const string HasForeignEvents =
        """
        exists (select from chat_event where xid >= pg_snapshot_xmax(pg_current_snapshot()))
        """;

    /// <summary>A separate first statement: if several nodes take over at once, the second sees the changes of the first.</summary>
    public const string Lock = "select epoch from chat_event_horizon for update";

    /// <summary>What must be taken over. No column is null.</summary>
    public const string Check =
        $"""
        select {IsForeign} or {HasForeignEvents} as is_foreign,
          (select count(*) from chat_event where {IsForeignEvent}) as events
        from chat_event_horizon horizon
        """;

    /// <summary>Removes the events that would otherwise become visible when the server reaches their transaction ids.</summary>
    public const string DropEvents = $"delete from chat_event where {IsForeignEvent}";

    /// <summary>Starts a new epoch. A reader whose position has another epoch starts again.</summary>
    public const string Begin =
        """
        update chat_event_horizon
        set purged = pg_current_snapshot(), epoch = gen_random_uuid(), written_by = pg_current_xact_id()
        """;

    /// <summary>
    /// Nodes that ran on the former server have cached its tenants and keys under a revision that this database may reach with other
    /// changes. The revision therefore grows by more than the former server can have added since the copy.
    /// </summary>
    public const string RenewDirectory = "update directory_revision set revision = revision + 1000000";

    private const string IsForeignEvent =
        """
        (xid >= pg_snapshot_xmax(pg_current_snapshot()) or xid = any (array(select pg_snapshot_xip(pg_current_snapshot()))))
        """;
}
