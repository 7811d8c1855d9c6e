namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>Statements of the change feed. They cover all tenants; the hub separates them.</summary>
internal static class EventFeedSql
{
    /// <summary>
    /// The reader's first position: all events that are visible now count as read. <c>last_xid</c> is the highest transaction id among
    /// them, 0 if there are none.
    /// </summary>
    public const string Start =
        $"""
        select
          pg_current_snapshot()::text as seen,
          coalesce((select max(xid) from chat_event), '0'::xid8)::text as last_xid,
          horizon.epoch,
          {FeedTakeoverSql.IsForeign} or {FeedTakeoverSql.HasForeignEvents} as is_foreign
        from chat_event_horizon horizon
        """;

    /// <summary>
    /// The events of <c>@kinds</c> that are visible in the target but were not in <c>@seen</c>, at most <c>@page</c>, in the order in which
    /// they were written, after <c>@after</c>. The target is the statement's own snapshot, or the one of the page before.
    /// <para>
    /// A row that <c>@seen</c> did not show was written either by a transaction that was open then (<c>xip</c>), or by a later one. The
    /// condition for the latter is not <c>xid &gt;= xmax</c>, since after a crash the server reuses the ids of transactions that did not
    /// commit. It is <c>xid &gt; @last_xid</c>, the highest id that was ever visible, of any kind. No row in between was visible.
    /// </para>
    /// <para>
    /// <c>is_foreign</c>: the rows come from another server (<see cref="FeedTakeoverSql"/>) and must be ignored. <c>is_behind</c>: the
    /// server has not reached the position, as with an older copy. A page has at most <c>@pageBytes</c> of items, but at least one event;
    /// <c>waiting</c> is how many events there were for it, up to one more than <c>@page</c>.
    /// </para>
    /// </summary>
    public const string Read =
        $"""
        with newest as materialized (
          select max(xid) as xid
          from chat_event
          where xid > @lastXid::xid8 and (@target::pg_snapshot is null or pg_visible_in_snapshot(xid, @target::pg_snapshot))
        ), fresh as materialized (
          -- In a subquery: otherwise the planner would scan all events by number to find the first few.
          select event_id, xid, tenant_id, chat_id, profile_id, kind, notification_items, traceparent, stored_at
          from chat_event
          where kind = any (@kinds)
            and (xid > @lastXid::xid8 or xid = any (array(select pg_snapshot_xip(@seen::pg_snapshot))))
            and (@target::pg_snapshot is null or pg_visible_in_snapshot(xid, @target::pg_snapshot))
            and event_id > @after
        )
        select place.target::text as target, place.last_xid::text as last_xid, place.epoch, place.is_foreign, place.is_behind,
          place.is_gone as position_expired,
          event.event_id, event.xid::text as xid, event.tenant_id, event.chat_id, event.profile_id, event.kind, event.notification_items,
          -- Read from the chat, since an error never changes. Null if the chat was erased meanwhile. By its key (docs/decisions/0060).
          case when event.kind = 'chat_failed' then (
            select c.last_error from sdk_chat c
            where c.chat_id = event.chat_id and c.tenant_id is not distinct from event.tenant_id
          ) end as last_error,
          event.traceparent, extract(epoch from clock_timestamp() - event.stored_at)::float8 as age, event.waiting
        from (
          select coalesce(@target::pg_snapshot, pg_current_snapshot()) as target, coalesce(newest.xid, @lastXid::xid8) as last_xid,
            horizon.epoch,
            {FeedTakeoverSql.IsForeign} or coalesce(newest.xid >= pg_snapshot_xmax(pg_current_snapshot()), false) as is_foreign,
            pg_snapshot_xmax(pg_current_snapshot()) <= @lastXid::xid8 as is_behind,
            pg_snapshot_xmax(horizon.purged) > pg_snapshot_xmax(@seen::pg_snapshot)
            or exists (select from pg_snapshot_xip(@seen::pg_snapshot) as open (xid)
              where pg_visible_in_snapshot(open.xid, horizon.purged)) as is_gone
          from chat_event_horizon horizon, newest
        ) place
        left join lateral (
          select event_id, xid, tenant_id, chat_id, profile_id, kind, notification_items, traceparent, stored_at, waiting
          from (
            select event_id, xid, tenant_id, chat_id, profile_id, kind, notification_items, traceparent, stored_at,
              count(*) over () as waiting, row_number() over up_to_it as number,
              coalesce(sum(octet_length(notification_items)) over up_to_it, 0) as bytes
            from (
              select event_id, xid, tenant_id, chat_id, profile_id, kind, notification_items, traceparent, stored_at
              from fresh
              order by event_id
              limit @page + 1
            ) page
            window up_to_it as (order by event_id rows between unbounded preceding and current row)
          ) measured
          where number = 1 or (number <= @page and bytes <= @pageBytes)
        ) event on true
        order by event.event_id
        """;

    /// <summary>Stores a probe of the node <c>@node</c>, in the same way as a transition stores its event.</summary>
    public const string StoreProbe =
        """
        insert into chat_event (tenant_id, chat_id, profile_id, kind, created_at)
        values (@tenant, @node, @probe, 'delivery_probe', now())
        """;

    /// <summary>The channel for notifications about stored events.</summary>
    private const string EventChannel = "sdkchat_events";

    /// <summary>The channel for notifications about survey requests (<see cref="Nodes.NodeSql.Request"/>).</summary>
    public const string SurveyChannel = "sdkchat_inquiries";

    public const string Snapshot = "select pg_current_snapshot()::text";

    public const string Listen = $"listen {EventChannel}; listen {SurveyChannel}";

    /// <summary>
    /// A transaction that notifies writes a commit record to the log. It need not be flushed to disk, and while a commit waits for the
    /// flush the server blocks all other notifications.
    /// </summary>
    public const string Notify = "select set_config('synchronous_commit', 'off', true), pg_notify('sdkchat_events', @node)";
}
