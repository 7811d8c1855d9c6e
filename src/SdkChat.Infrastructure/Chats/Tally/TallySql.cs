namespace SdkChat.Infrastructure.Chats.Tally;

/// <summary>
/// The folder's statements, all in one repeatable-read transaction: what is visible in its snapshot is counted when it
/// commits. They are about all tenants; each block says whose it is. Instants travel as text, since -infinity is no instant.
/// </summary>
internal static class TallySql
{
    /// <summary>One folder at a time. The planner is told to walk indexes: it cannot know how short a tail is.</summary>
    public const string Lock =
        """
        select pg_try_advisory_xact_lock(@key), set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
          set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true)
        """;

    /// <summary>
    /// How far the counts go. Fails as a serialization failure when another has moved the place since this transaction began.
    /// A row that was written elsewhere (migration 0014), or a place that this server has not come to, is another server's.
    /// </summary>
    public const string Place =
        """
        select last_xid::text, open_xids::text[],
          xmin <> written_by::xid or greatest(pg_snapshot_xmax(seen), last_xid) > pg_snapshot_xmax(pg_current_snapshot()) as is_foreign,
          coalesce((select sum(chats) from chat_tally_block where kind = 'a' and level = 3), 0)::bigint as counted
        from chat_tally
        for update
        """;

    /// <summary>What the counts lack. What a transaction wrote that was open at the place is below the highest counted number.</summary>
    private const string Tail =
        """
        tail as materialized (
          select tenant_id, profile_id, created_at, chat_id from sdk_chat where xid > @lastXid::xid8
          union all
          select tenant_id, profile_id, created_at, chat_id from sdk_chat
          where xid = any (@openXids::text[]::xid8[]) and xid <= @lastXid::xid8
        )
        """;

    public const string CountTail = $"with {Tail} select count(*) from tail";

    /// <summary>A first block at each level for tenants that have none. A profile gets its own when it has grown: <see cref="Promote"/>.</summary>
    public const string Open =
        $"""
        with {Tail}
        insert into chat_tally_block (kind, scope, level, lower_at, lower_id, chats)
        select list.kind, list.scope, depth.level, '-infinity', '{TallyShape.LowestId}', 0
        from (
          select 't'::"char", tenant_id from tail
          union
          select 'a', '{TallyShape.Everybody}' from tail
        ) list (kind, scope)
        cross join generate_series(1, 3) depth (level)
        where not exists (select from chat_tally_block b where b.kind = list.kind and b.scope = list.scope and b.level = depth.level)
        """;

    /// <summary>Adds the tail to the blocks that its keys fall in. Answers those that have outgrown their level.</summary>
    public const string Add =
        $"""
        with {Tail},
        lowest as (
          select list.kind, list.scope, block.lower_at, block.lower_id, count(*) as chats
          from tail
          cross join lateral (values ('a'::"char", '{TallyShape.Everybody}'::uuid), ('t', tail.tenant_id), ('p', tail.profile_id)) list (kind, scope)
          cross join lateral (
            select lower_at, lower_id from chat_tally_block b
            where b.kind = list.kind and b.scope = list.scope and b.level = 1 and (b.lower_at, b.lower_id) <= (tail.created_at, tail.chat_id)
            order by b.lower_at desc, b.lower_id desc
            limit 1
          ) block
          group by 1, 2, 3, 4
        ),
        hit as (
          select 1 as level, kind, scope, lower_at, lower_id, chats from lowest
          union all
          select depth.level, lowest.kind, lowest.scope, block.lower_at, block.lower_id, sum(lowest.chats)
          from lowest
          cross join generate_series(2, 3) depth (level)
          cross join lateral (
            -- A bound of a level is one of the level below as well, so no block lies in two.
            select lower_at, lower_id from chat_tally_block b
            where b.kind = lowest.kind and b.scope = lowest.scope and b.level = depth.level
              and (b.lower_at, b.lower_id) <= (lowest.lower_at, lowest.lower_id)
            order by b.lower_at desc, b.lower_id desc
            limit 1
          ) block
          group by 1, 2, 3, 4, 5
        ),
        added as (
          update chat_tally_block b
          set chats = b.chats + hit.chats
          from hit
          where b.kind = hit.kind and b.scope = hit.scope and b.level = hit.level and b.lower_at = hit.lower_at and b.lower_id = hit.lower_id
          returning b.kind, b.scope, b.level, b.lower_at, b.lower_id, b.chats
        )
        {Outgrown}
        """;

    /// <summary>
    /// Gives blocks to profiles that have become large. Of a tail's profiles only some are looked at, by the last byte of a
    /// chat's id: a profile that keeps growing is soon among them, and until then it is counted in its index.
    /// </summary>
    public const string Promote =
        $"""
        with {Tail},
        grown as (
          select candidate.profile_id, own.chats
          from (select distinct profile_id from tail where get_byte(uuid_send(chat_id), 15) < 16) candidate
          cross join lateral (select count(*) as chats from sdk_chat c where c.profile_id = candidate.profile_id) own
          where own.chats >= @largeProfile
            and not exists (select from chat_tally_block b where b.kind = 'p' and b.scope = candidate.profile_id)
        ),
        added as (
          insert into chat_tally_block (kind, scope, level, lower_at, lower_id, chats)
          select 'p', profile_id, depth.level, '-infinity', '{TallyShape.LowestId}', chats from grown cross join generate_series(1, 3) depth (level)
          returning kind, scope, level, lower_at, lower_id, chats
        )
        {Outgrown}
        """;

    private const string Outgrown =
        """
        select kind::text, scope, level, lower_at::text, lower_id from added where chats > (@caps::bigint[])[level] order by level
        """;

    /// <summary>The last thing: whatever this transaction sees is counted.</summary>
    public const string Advance =
        """
        update chat_tally
        set seen = pg_current_snapshot(),
            open_xids = array(select pg_snapshot_xip(pg_current_snapshot())),
            last_xid = greatest(last_xid, (select max(xid) from sdk_chat where xid > @lastXid::xid8))
        """;
}
