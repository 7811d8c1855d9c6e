namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>
/// The errors and items by time (migration 0035). All statements of an update have one snapshot, as those of <see cref="CountSql"/>; each
/// row has its tenant.
/// </summary>
internal static class TextSql
{
    /// <summary>How far the texts go. They begin again on another server, once the history counts have.</summary>
    public const string Watermark =
        $"""
        select texts_last_xid::text as last_xid, texts_open_xids::text[] as open_xids, {CountSql.IsForeign} as is_foreign,
          texts_last_xid is null or texts_last_xid > pg_snapshot_xmax(pg_current_snapshot()) as must_begin,
          coalesce(texts_from = '-infinity', false) as is_complete, {TextPackSql.IsDue} as must_pack
        from chat_count_watermark
        for update
        """;

    public const string Clear = "delete from chat_slot_text";

    /// <summary>Begins again: no chat is counted, and every chat that is visible is left to <see cref="AddOld"/>.</summary>
    public const string Begin =
        $"""
        update chat_count_watermark
        set texts_from = 'infinity', {OpenXids},
            texts_last_xid = greatest(
              '0', (select max(xid) from sdk_chat), (select max(final_xid) from sdk_chat), (select max(triggered_xid) from sdk_chat))
        """;

    /// <summary>Adds what is pending. Chats that are older than what is counted are left to <see cref="AddOld"/>.</summary>
    public const string Add =
        $"""
        with {CountSql.Tail},
        named as materialized (
          select tail.tenant_id, tail.created_at, t.kind, t.key, t.text
          from tail
          -- A look-up for each: the planner cannot know how short a tail is.
          cross join lateral (
            select s.status, s.last_error, s.pipeline_recommended_items from sdk_chat s
            where s.chat_id = tail.chat_id and s.tenant_id is not distinct from tail.tenant_id
            offset 0
          ) c
          {Texts}
          where tail.class in (2, 4, 8) and tail.counted_class < 2 and tail.created_at >= (select texts_from from chat_count_watermark)
        )
        {Insert}
        """;

    /// <summary>Marks all visible chats as counted, except those that are left to <see cref="AddOld"/>.</summary>
    public const string Advance =
        $"""
        update chat_count_watermark
        set {OpenXids},
            texts_last_xid = greatest(
              texts_last_xid,
              (select max(xid) from sdk_chat where xid > @lastXid::xid8),
              (select max(final_xid) from sdk_chat where final_xid > @lastXid::xid8),
              (select max(triggered_xid) from sdk_chat where triggered_xid > @lastXid::xid8))
        """;

    /// <summary>
    /// The creation time of the oldest chat of the next batch; '-infinity' if no chat is left. Chats with that time are all in it.
    /// </summary>
    public const string FirstOld =
        """
        select coalesce(min(created_at)::text, '-infinity')
        from (
          select created_at, size, sum(size) over (order by created_at desc, chat_id desc) as bytes
          from (
            select created_at, chat_id, coalesce(octet_length(pipeline_recommended_items), 0) as size from sdk_chat
            where created_at < (select texts_from from chat_count_watermark)
            order by created_at desc, chat_id desc
            limit @batch
          ) newest
        ) old
        where bytes - size < @bytes
        """;

    public const string AddOld =
        $"""
        with named as materialized (
          select c.tenant_id, c.created_at, t.kind, t.key, t.text
          from sdk_chat c
          {Texts}
          where c.created_at >= @from::text::timestamptz and c.created_at < (select texts_from from chat_count_watermark)
            and c.status in ('completed', 'error')
        )
        {Insert}
        """;

    public const string MoveBack = "update chat_count_watermark set texts_from = @from::text::timestamptz";

    /// <summary>Counts that are not those of the counted chats. Reads every result.</summary>
    public const string Wrong =
        $"""
        with named as materialized (
          select c.tenant_id, c.created_at, t.kind, t.key
          from chat_count_watermark w
          join sdk_chat c on c.created_at >= w.texts_from and c.xid <= w.texts_last_xid and c.xid <> all (w.texts_open_xids)
            and (c.final_xid is null or c.final_xid <= w.texts_last_xid and c.final_xid <> all (w.texts_open_xids))
          {Texts}
          where w.xmin = w.written_by::xid
        ),
        truth as (
          select tenant_id, depth.level, chat_text_slot(depth.level, created_at) as slot_at, kind, key, count(*) as chats
          from named
          cross join generate_series(1, 3) depth (level)
          group by 1, 2, 3, 4, 5
        )
        select 't' as kind, tenant_id as scope, level::smallint, slot_at::text as lower_at,
          case kind when 'e' then 'errors' else 'items' end as measure, coalesce(slot.chats, 0)::bigint as counted,
          coalesce(truth.chats, 0) as actual
        from truth
        full join (
          select s.tenant_id, s.level, s.slot_at, s.kind, s.key, s.chats
          from chat_slot_text s
          where (select w.texts_last_xid is not null and w.xmin = w.written_by::xid from chat_count_watermark w)
        ) slot using (tenant_id, level, slot_at, kind, key)
        where coalesce(slot.chats, 0) <> coalesce(truth.chats, 0)
        order by 2, 3, 4, 5, key
        limit @max
        """;

    /// <summary>The worker begins again.</summary>
    public const string Discard = "update chat_count_watermark set texts_last_xid = null";

    private const string OpenXids = "texts_open_xids = array(select pg_snapshot_xip(pg_current_snapshot()))";

    private const string Texts = "cross join lateral chat_texts(c.status, c.last_error, c.pipeline_recommended_items) t";

    private const string Insert =
        """
        insert into chat_slot_text (tenant_id, level, slot_at, kind, key, chats, text)
        select tenant_id, depth.level, chat_text_slot(depth.level, created_at), kind, key, count(*), max(text)
        from named
        cross join generate_series(1, 3) depth (level)
        group by 1, 2, 3, 4, 5
        on conflict (tenant_id, level, slot_at, kind, key) do update set chats = chat_slot_text.chats + excluded.chats
        """;
}
