namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>The feed's statements. They are about all tenants: the hub parts them.</summary>
internal static class ChatEventSql
{
    /// <summary>
    /// The reader's first position: what is visible now counts as read. <c>last_xid</c> is the highest transaction whose events
    /// are among it, 0 if there are none.
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
    /// The events of <c>@kinds</c> that are visible in the target but were not in <c>@seen</c>, at most <c>@page</c>, in the order in which they
    /// were written, after <c>@after</c>. The target is the statement's own snapshot, or the one of the page before.
    /// <para>
    /// A row that <c>@seen</c> did not show was either written by a transaction that was then open (<c>xip</c>), or by a later
    /// one. The latter would be <c>xid &gt;= xmax</c>, but that the server, after a crash, gives out again the numbers of
    /// transactions that had come to nothing: hence <c>xid &gt; @last_xid</c>, the highest that was ever visible, of any kind. Of the
    /// rows in between none was visible.
    /// </para>
    /// <para>
    /// <c>is_foreign</c>: the rows come from another server (<see cref="FeedTakeoverSql"/>), and nothing of them counts.
    /// <c>is_behind</c>: the server has not come to what was read, as an older copy has not. A page holds <c>@pageBytes</c> of items
    /// at most, but one event in any case; <c>waiting</c> is how many events there were for it, up to one more than <c>@page</c>.
    /// </para>
    /// </summary>
    public const string Read =
        $"""
        with newest as materialized (
          select max(xid) as xid
          from chat_event
          where xid > @lastXid::xid8 and (@target::pg_snapshot is null or pg_visible_in_snapshot(xid, @target::pg_snapshot))
        ), fresh as materialized (
          -- By itself, or the planner would rather walk through all events by number to find the first few.
          select event_id, xid, tenant_id, chat_id, profile_id, kind, notification_items, traceparent, stored_at
          from chat_event
          where kind = any (@kinds)
            and (xid > @lastXid::xid8 or xid = any (array(select pg_snapshot_xip(@seen::pg_snapshot))))
            and (@target::pg_snapshot is null or pg_visible_in_snapshot(xid, @target::pg_snapshot))
            and event_id > @after
        )
        select place.target::text as target, place.last_xid::text as last_xid, place.epoch, place.is_foreign, place.is_behind, place.is_gone as position_expired,
          event.event_id, event.xid::text as xid, event.tenant_id, event.chat_id, event.profile_id, event.kind, event.notification_items,
          -- Not in the outbox: an error never changes. Null when the chat was erased meanwhile.
          case when event.kind = 'chat_failed' then (
            select c.last_error from sdk_chat c where c.tenant_id = event.tenant_id and c.chat_id = event.chat_id
          ) end as last_error,
          event.traceparent, extract(epoch from clock_timestamp() - event.stored_at)::float8 as age, event.waiting
        from (
          select coalesce(@target::pg_snapshot, pg_current_snapshot()) as target, coalesce(newest.xid, @lastXid::xid8) as last_xid, horizon.epoch,
            {FeedTakeoverSql.IsForeign} or coalesce(newest.xid >= pg_snapshot_xmax(pg_current_snapshot()), false) as is_foreign,
            pg_snapshot_xmax(pg_current_snapshot()) <= @lastXid::xid8 as is_behind,
            pg_snapshot_xmax(horizon.purged) > pg_snapshot_xmax(@seen::pg_snapshot)
            or exists (select from pg_snapshot_xip(@seen::pg_snapshot) as open (xid) where pg_visible_in_snapshot(open.xid, horizon.purged)) as is_gone
          from chat_event_horizon horizon, newest
        ) place
        left join lateral (
          select event_id, xid, tenant_id, chat_id, profile_id, kind, notification_items, traceparent, stored_at, waiting
          from (
            select event_id, xid, tenant_id, chat_id, profile_id, kind, notification_items, traceparent, stored_at,
              count(*) over () as waiting, row_number() over up_to_it as number, coalesce(sum(octet_length(notification_items)) over up_to_it, 0) as bytes
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

    /// <summary>Stores a probe of the node <c>@node</c>, as a transition stores its event.</summary>
    public const string StoreProbe =
        """
        insert into chat_event (tenant_id, chat_id, profile_id, kind, created_at)
        values (@tenant, @node, @probe, 'delivery_probe', now())
        """;

    /// <summary>Notified after events were stored.</summary>
    private const string EventChannel = "sdkchat_events";

    /// <summary>Notified after a survey request was stored (<see cref="Nodes.NodeSql.Request"/>).</summary>
    public const string SurveyChannel = "sdkchat_inquiries";

    public const string Snapshot = "select pg_current_snapshot()::text";

    public const string Listen = $"listen {EventChannel}; listen {SurveyChannel}";

    /// <summary>
    /// A transaction that notifies commits with a record in the log. Nobody needs that one on disk, and while it is waited for
    /// the server lets nobody else notify.
    /// </summary>
    public const string Notify = "select set_config('synchronous_commit', 'off', true), pg_notify('sdkchat_events', @node)";
}
