namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>
/// The statements of an update, all in one repeatable-read transaction: what is visible in its snapshot is counted when it
/// commits. They cover all tenants; each block has its tenant or profile. Instants are sent as text, since DateTimeOffset has no -infinity.
/// </summary>
internal static class CountSql
{
    /// <summary>One update at a time. The planner is told to walk indexes: it cannot know how short a tail is.</summary>
    public const string Lock =
        """
        select pg_try_advisory_xact_lock(@key), set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
          set_config('max_parallel_workers_per_gather', '0', true), set_config('jit', 'off', true)
        """;

    /// <summary>The counts are of another server: a copy of the database was restored here.</summary>
    internal const string IsForeign =
        "xmin <> written_by::xid or greatest(pg_snapshot_xmax(seen), last_xid) > pg_snapshot_xmax(pg_current_snapshot())";

    /// <summary>
    /// How far the counts go. Fails as a serialization failure when another has moved the watermark since this transaction began.
    /// A row that was written elsewhere (migration 0014), or a watermark ahead of this server's transaction ids, comes from another server.
    /// </summary>
    public const string Watermark =
        $"""
        select last_xid::text, open_xids::text[],
          {IsForeign} as is_foreign,
          coalesce(slots_seen::text = seen::text, false) as has_slots,
          coalesce(answers_seen::text = seen::text, false) as has_answers,
          answers_due_at is null or answers_due_at <= now() as may_build_answers,
          {TotalPackSql.IsDue} as must_pack,
          coalesce((select sum(chats) from chat_count_block where kind = 'a' and level = 3), 0)::bigint as counted
        from chat_count_watermark
        for update
        """;

    /// <summary>Chats that the counts do not have, or have in another class.</summary>
    internal const string Tail =
        """
        tail as materialized (
          select tenant_id, profile_id, created_at, chat_id, class, counted_class
            from chat_pending(@lastXid::xid8, @openXids::text[]::xid8[])
        )
        """;

    /// <summary>As <see cref="Tail"/>, with the bin of the time of an answer (migration 0031) where it is to be counted.</summary>
    private const string TailWithAnswers =
        """
        tail as materialized (
          select tenant_id, profile_id, created_at, chat_id, class, counted_class, bin
            from chat_pending_answers(@lastXid::xid8, @openXids::text[]::xid8[])
        )
        """;

    /// <summary>The numbers that a group of chats in <see cref="Tail"/> is counted by.</summary>
    internal const string NumbersOfTail =
        """
        sum((counted_class = 0)::integer) as chats, sum((class in (2, 4) and counted_class < 2)::integer) as completed,
          sum((class = 4)::integer) as triggered, sum((class = 8)::integer) as failed, sum((class = 16)::integer) as ended
        """;

    private const string Numbers = "chats, completed, triggered, failed, ended";

    public const string CountTail = $"with {Tail} select count(*) from tail";

    /// <summary>
    /// How much is pending, and whether <see cref="Open"/> and <see cref="Promote"/> have something to do. Of a tail's profiles only some
    /// are looked at, by the last byte of a chat's id (one chat in sixteen): a profile that keeps growing is soon among them, and until
    /// then it is counted in its index.
    /// </summary>
    public const string Pending =
        $"""
        with {Tail}
        select (select count(*) from tail) as chats,
          exists (select from ({ListsOfTail}) list (kind, scope) where {HasNoBlock}) as has_new_lists,
          exists (
            select from (select distinct 'p'::"char", profile_id from tail where {IsLookedAt}) list (kind, scope)
            where {HasNoBlock}
              and @largeProfile = (
                select count(*) from (select from sdk_chat c where c.profile_id = list.scope limit @largeProfile) own
              )
          ) as has_grown_profiles
        """;

    private const string ListsOfTail =
        $"""select 't'::"char", tenant_id from tail union select 'a', '{CountShape.AllTenants}' from tail""";

    private const string IsLookedAt = "counted_class = 0 and get_byte(uuid_send(chat_id), 15) < 16";

    /// <summary>A look-up for each list: without "offset 0" the planner might join all blocks.</summary>
    private const string HasNoBlock =
        "not exists (select from chat_count_block b where b.kind = list.kind and b.scope = list.scope and b.level = 1 offset 0)";

    /// <summary>
    /// A first block at each level for tenants that have none. A profile gets its own when it has grown: <see cref="Promote"/>.
    /// </summary>
    public const string Open =
        $"""
        with {Tail}
        insert into chat_count_block (kind, scope, level, lower_at, lower_id, {Numbers})
        select list.kind, list.scope, depth.level, '-infinity', '{CountShape.LowestId}', 0, 0, 0, 0, 0
        from ({ListsOfTail}) list (kind, scope)
        cross join generate_series(1, 3) depth (level)
        where {HasNoBlock}
        """;

    /// <summary>
    /// Adds the tail to slots, and to the blocks that its keys are in. Returns the blocks that have outgrown their level. Most keys are in
    /// the newest block of their list, which is looked up once.
    /// </summary>
    public const string Add =
        $"""
        with {TailWithAnswers},
        large as (
          select candidate.profile_id
          from (select distinct profile_id from tail) candidate
          where exists (select from chat_count_block b where b.kind = 'p' and b.scope = candidate.profile_id and b.level = 1 offset 0)
        ),
        member as materialized (
          select list.kind, list.scope, tail.created_at, tail.chat_id, tail.class, tail.counted_class, tail.bin
          from tail
          cross join lateral (values ('a'::"char", '{CountShape.AllTenants}'::uuid), ('t', tail.tenant_id),
            ('p', tail.profile_id)) list (kind, scope)
          where list.kind <> 'p' or list.scope in (select profile_id from large)
        ),
        listed as (
          select kind, scope, array_agg(created_at) as ats, array_agg(chat_id) as ids, array_agg(class) as classes,
            array_agg(counted_class) as counted_classes
          from member
          group by 1, 2
        ),
        lowest as (
          select listed.kind, listed.scope, own.*
          from listed
          cross join lateral (
            select lower_at, lower_id from chat_count_block b
            where b.kind = listed.kind and b.scope = listed.scope and b.level = 1
            order by b.lower_at desc, b.lower_id desc
            limit 1
          ) newest
          cross join lateral (
            select block.lower_at, block.lower_id, {NumbersOfTail}
            from unnest(listed.ats, listed.ids, listed.classes, listed.counted_classes)
              as change (created_at, chat_id, class, counted_class)
            cross join lateral (
              select newest.lower_at, newest.lower_id where (change.created_at, change.chat_id) >= (newest.lower_at, newest.lower_id)
              union all
              (
                select lower_at, lower_id from chat_count_block b
                where (change.created_at, change.chat_id) < (newest.lower_at, newest.lower_id)
                  and b.kind = listed.kind and b.scope = listed.scope and b.level = 1
                  and (b.lower_at, b.lower_id) <= (change.created_at, change.chat_id)
                order by b.lower_at desc, b.lower_id desc
                limit 1
              )
            ) block
            group by 1, 2
          ) own
        ),
        hit as (
          select 1 as level, kind, scope, lower_at, lower_id, {Numbers} from lowest
          union all
          select depth.level, lowest.kind, lowest.scope, block.lower_at, block.lower_id, sum(lowest.chats), sum(lowest.completed),
            sum(lowest.triggered), sum(lowest.failed), sum(lowest.ended)
          from lowest
          cross join generate_series(2, 3) depth (level)
          cross join lateral (
            -- A bound of a level is one of the level below as well, so no block lies in two.
            select lower_at, lower_id from chat_count_block b
            where b.kind = lowest.kind and b.scope = lowest.scope and b.level = depth.level
              and (b.lower_at, b.lower_id) <= (lowest.lower_at, lowest.lower_id)
            order by b.lower_at desc, b.lower_id desc
            limit 1
          ) block
          group by 1, 2, 3, 4, 5
        ),
        added as (
          -- All of them exist. To update them would be a join, for which the planner may read all blocks.
          insert into chat_count_block as b (kind, scope, level, lower_at, lower_id, {Numbers})
          select kind, scope, level, lower_at, lower_id, {Numbers} from hit
          on conflict (kind, scope, level, lower_at, lower_id) do update
          set chats = b.chats + excluded.chats, completed = b.completed + excluded.completed, triggered = b.triggered + excluded.triggered,
            failed = b.failed + excluded.failed, ended = b.ended + excluded.ended
          returning b.kind, b.scope, b.level, b.lower_at, b.lower_id, b.chats
        ),
        {SlotSql.AddedSlots}
        {Outgrown}
        """;

    /// <summary>Gives blocks to profiles that have become large, as <see cref="Pending"/> looks for them.</summary>
    public const string Promote =
        $"""
        with {Tail},
        grown as (
          select list.scope as profile_id, {OwnNumbers}
          from (select distinct 'p'::"char", profile_id from tail where {IsLookedAt}) list (kind, scope)
          cross join lateral (
            select count(*) as chats, count(*) filter (where c.status = 'completed') as completed,
              count(*) filter (where c.status = 'completed' and c.triggered_xid is not null) as triggered,
              count(*) filter (where c.status = 'error') as failed, count(*) filter (where c.status = 'ended') as ended
            from sdk_chat c where c.profile_id = list.scope
          ) own
          where own.chats >= @largeProfile and {HasNoBlock}
        ),
        added as (
          insert into chat_count_block (kind, scope, level, lower_at, lower_id, {Numbers})
          select 'p', profile_id, depth.level, '-infinity', '{CountShape.LowestId}', {Numbers} from grown
            cross join generate_series(1, 3) depth (level)
          returning kind, scope, level, lower_at, lower_id, chats
        )
        {Outgrown}
        """;

    private const string OwnNumbers = "own.chats, own.completed, own.triggered, own.failed, own.ended";

    private const string Outgrown =
        """
        select kind::text, scope, level, lower_at::text, lower_id from added where chats > (@caps::bigint[])[level] order by level
        """;

    /// <summary>The last statement: whatever this transaction sees is counted.</summary>
    public const string Advance =
        """
        update chat_count_watermark
        set seen = pg_current_snapshot(),
            slots_seen = pg_current_snapshot(),
            answers_seen = case when @hasAnswers then pg_current_snapshot() else answers_seen end,
            open_xids = array(select pg_snapshot_xip(pg_current_snapshot())),
            last_xid = greatest(
              last_xid,
              (select max(xid) from sdk_chat where xid > @lastXid::xid8),
              (select max(final_xid) from sdk_chat where final_xid > @lastXid::xid8),
              (select max(triggered_xid) from sdk_chat where triggered_xid > @lastXid::xid8))
        """;
}
