using SdkChat.Infrastructure.Chats.Counts;

namespace SdkChat.Infrastructure.Chats;

/// <summary>
/// The start of one of the first pages of all chats of a tenant, as the function <c>chat_history_page</c> finds it. The function runs up to
/// eight statements, and starting each costs more than what it reads; here they are part of the list statement (docs/decisions/0056). The
/// function is still called if the counts cannot be used as they are: the tenant has chats that are not counted yet, or no counts, or the
/// page is beyond the end.
/// </summary>
internal static class TenantPageSql
{
    /// <summary>
    /// Maximum number of rows before the page for <see cref="Near"/>, which passes the lowest blocks one by one. The function begins with
    /// the highest.
    /// </summary>
    public const int MaxSkipped = 5000;

    /// <summary>
    /// The number of chats; null if the function must count. At most 100 pending chats of all tenants are examined. Without "offset 0" the
    /// planner would compute the total once for each use of it.
    /// </summary>
    private const string Counted =
        """
        (
          select (
            select (select sum(b.chats::integer) from chat_count_block b where b.kind = 't' and b.scope = @tenant and b.level = 3)
            from chat_count_watermark w
            where w.xmin = w.written_by::xid and greatest(pg_snapshot_xmax(w.seen), w.last_xid) <= pg_snapshot_xmax(pg_current_snapshot())
              and (
                select count(*) <= 100 and bool_or(p.tenant_id = @tenant) is not true
                from (select p.tenant_id from chat_pending_inserts(w.last_xid, w.open_xids) p limit 101) p
              )
          ) as total
          offset 0
        ) counted
        """;

    /// <summary>The columns of <c>chat_history_page</c> for the first page.</summary>
    public const string First =
        $"""
        (
          select coalesce(f.total, counted.total) as total, 0::bigint as skipped,
                 'infinity'::timestamptz as start_at, '{CountShape.LowestId}'::uuid as start_id
          from {Counted}
          left join lateral (
            -- Without "offset 0" the function would be called before the condition is evaluated.
            select total from chat_history_page('t', @tenant, 31, null, null, 0, @size) where counted.total is null offset 0
          ) f on true
        )
        """;

    /// <summary>
    /// The columns of <c>chat_history_page</c> for a page after at most <see cref="MaxSkipped"/> rows. It reads the lowest blocks from the
    /// newest on, up to the one that contains the page's first row, and then the index. The limit of 1000 is more than a block has; it is a
    /// literal, which the planner uses.
    /// </summary>
    public const string Near =
        $"""
        (
          select coalesce(f.total, counted.total) as total, coalesce(f.skipped, @offset) as skipped,
                 coalesce(f.start_at, start.created_at) as start_at, coalesce(f.start_id, start.chat_id) as start_id
          from {Counted}
          left join lateral (
            select passed - chats as above, upper_at, upper_id from (
              select b.chats, sum(b.chats::integer) over newest as passed,
                     lag(b.lower_at::timestamptz, 1, 'infinity') over newest as upper_at,
                     lag(b.lower_id, 1, '{CountShape.LowestId}') over newest as upper_id
              from chat_count_block b
              where b.kind = 't' and b.scope = @tenant and b.level = 1
              window newest as (order by b.lower_at desc, b.lower_id desc rows unbounded preceding)
            ) b
            where counted.total > @offset and passed > @offset
            limit 1
          ) block on true
          left join lateral (
            select * from (
              select c.created_at, c.chat_id from sdk_chat c
              where c.tenant_id = {ChatHistorySql.TenantKey} and (c.created_at, c.chat_id) < (block.upper_at, block.upper_id)
              {ChatHistorySql.NewestFirst}
              limit 1000
            ) c
            offset @offset - block.above
            limit 1
          ) start on true
          left join lateral (
            select * from chat_history_page('t', @tenant, 31, null, null, @offset, @size) where start.chat_id is null offset 0
          ) f on true
        )
        """;
}
