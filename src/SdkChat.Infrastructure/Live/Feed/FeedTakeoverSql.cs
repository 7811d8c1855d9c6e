namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// How a copy of the database on another server (a restored dump, logical replication) is recognised and taken over (migration 0014).
/// Transaction numbers that such a copy brings mean nothing on the server.
/// </summary>
internal static class FeedTakeoverSql
{
    /// <summary>
    /// Whether the row <c>horizon</c> was written on another server. The second test holds where a hand, or a version that does not
    /// know <c>written_by</c>, changed such a row: nothing that this server wrote can lie ahead of it.
    /// </summary>
    public const string IsForeign =
        """
        (horizon.xmin <> horizon.written_by::xid or pg_snapshot_xmax(horizon.purged) > pg_snapshot_xmax(pg_current_snapshot()))
        """;

    /// <summary>Whether there are events ahead of the server. A row is visible before its transaction only where another server wrote it.</summary>
    public const string HasForeignEvents =
        """
        exists (select from chat_event where xid >= pg_snapshot_xmax(pg_current_snapshot()))
        """;

    /// <summary>By itself and first: of nodes that take over at once, the second sees what the first has done.</summary>
    public const string Lock = "select epoch from chat_event_horizon for update";

    /// <summary>What has to be taken over; not null in any case.</summary>
    public const string Check =
        $"""
        select {IsForeign} or {HasForeignEvents} as is_foreign,
          (select count(*) from chat_event where {IsForeignEvent}) as events
        from chat_event_horizon horizon
        """;

    /// <summary>Removes the events that would otherwise appear when the server comes to their numbers.</summary>
    public const string DropEvents = $"delete from chat_event where {IsForeignEvent}";

    /// <summary>From here on the feed is this server's. A reader whose place has another epoch begins again.</summary>
    public const string Begin =
        """
        update chat_event_horizon
        set purged = pg_current_snapshot(), epoch = gen_random_uuid(), written_by = pg_current_xact_id()
        """;

    /// <summary>
    /// Nodes that ran on the former server have its tenants and keys in memory, under a revision that this database may come to
    /// with other changes. Not by one: it must lie beyond whatever the former server came to.
    /// </summary>
    public const string RenewDirectory = "update directory_revision set revision = revision + 1000000";

    private const string IsForeignEvent =
        """
        (xid >= pg_snapshot_xmax(pg_current_snapshot()) or xid = any (array(select pg_snapshot_xip(pg_current_snapshot()))))
        """;
}
