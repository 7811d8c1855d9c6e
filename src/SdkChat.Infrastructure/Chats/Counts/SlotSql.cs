namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>
/// The counts by time (migration 0028). They are written in the transactions that write the blocks, so the two always belong to one
/// snapshot.
/// </summary>
internal static class SlotSql
{
    /// <summary>A quarter of an hour, an hour, a day.</summary>
    public const int Levels = 3;

    public const string Clear = "delete from chat_count_slot";

    private const string Numbers = "chats, completed, triggered, failed, ended, answers";

    private const string Insert = $"insert into chat_count_slot (kind, scope, level, slot_at, {Numbers})";

    /// <summary>
    /// A part of <see cref="CountSql.Add"/> that adds its <c>member</c> rows to the slots of their lists. A histogram is made once for each
    /// bin of a list's quarter of an hour, since it is a long number.
    /// </summary>
    public const string AddedSlots =
        $"""
        binned as (
          select kind, scope, chat_slot(1, created_at) as slot_at, bin, {CountSql.NumbersOfTail}
          from member
          group by 1, 2, 3, 4
        ),
        quarter as (
          select kind, scope, slot_at, sum(chats) as chats, sum(completed) as completed, sum(triggered) as triggered,
            sum(failed) as failed, sum(ended) as ended, coalesce(sum(chat_answers(completed, bin)), 0) as answers
          from binned
          group by 1, 2, 3
        ),
        slots as (
          {Insert}
          select quarter.kind, quarter.scope, depth.level, chat_slot(depth.level, quarter.slot_at), {Sums}
          from quarter
          cross join generate_series(1, 3) depth (level)
          group by 1, 2, 3, 4
          on conflict (kind, scope, level, slot_at) do update
          set chats = chat_count_slot.chats + excluded.chats, completed = chat_count_slot.completed + excluded.completed,
            triggered = chat_count_slot.triggered + excluded.triggered, failed = chat_count_slot.failed + excluded.failed,
            ended = chat_count_slot.ended + excluded.ended, answers = chat_count_slot.answers + excluded.answers
        )
        """;

    /// <summary>All chats of the profiles that have got blocks just now.</summary>
    public const string Promote =
        $"""
        with {CountSql.Tail}
        {Insert}
        select 'p', grown.profile_id, depth.level, chat_slot(depth.level, c.created_at), {OfChats}
        from (select distinct profile_id from tail) grown
        -- Look-ups for each: the planner cannot know how short a tail is.
        cross join lateral (
          select s.created_at, s.completed_at, s.status, s.triggered_xid from sdk_chat s where s.profile_id = grown.profile_id offset 0
        ) c
        cross join generate_series(1, 3) depth (level)
        where exists (select from chat_count_block b where b.kind = 'p' and b.scope = grown.profile_id offset 0)
          and not exists (select from chat_count_slot s where s.kind = 'p' and s.scope = grown.profile_id offset 0)
        group by 2, 3, 4
        """;

    /// <summary>
    /// After all slots were counted: when they may be counted again for their times of answers. That takes at most a thirtieth of the time,
    /// however long a node of an older version stays.
    /// </summary>
    public const string Built =
        "update chat_count_watermark set answers_due_at = clock_timestamp() + greatest(interval '1 minute', 30 * (clock_timestamp() - "
        + "now()))";

    /// <summary>The lowest level, of tenants and of profiles that have blocks. One pass over all chats.</summary>
    public const string Quarters =
        $"""
        {Insert}
        select 't'::"char", c.tenant_id, 1, chat_slot(1, c.created_at), {OfChats} from sdk_chat c group by 2, 4
        union all
        select 'p', c.profile_id, 1, chat_slot(1, c.created_at), {OfChats}
        from sdk_chat c
        where c.profile_id in (select b.scope from chat_count_block b where b.kind = 'p')
        group by 2, 4
        """;

    public const string QuartersOfAll =
        $"""
        {Insert}
        select 'a', '{CountShape.AllTenants}', 1, slot_at, {Sums} from chat_count_slot where kind = 't' group by slot_at
        """;

    /// <summary>A level from the one below it.</summary>
    public const string Level =
        $"""
        {Insert}
        select kind, scope, @level, chat_slot(@level, slot_at), {Sums} from chat_count_slot where level = @level - 1 group by 1, 2, 4
        """;

    /// <summary>Slots with a number that is not that of the chats in them.</summary>
    public const string Wrong =
        $"""
        with truth as (
          select list.kind, list.scope, depth.level, chat_slot(depth.level, c.created_at) as slot_at, {OfChats}
          from sdk_chat c
          cross join lateral (values ('a'::"char", '{CountShape.AllTenants}'::uuid), ('t', c.tenant_id),
            ('p', c.profile_id)) list (kind, scope)
          cross join generate_series(1, 3) depth (level)
          where list.kind <> 'p' or list.scope in (select b.scope from chat_count_block b where b.kind = 'p')
          group by 1, 2, 3, 4
        )
        select kind::text, scope, level::smallint, slot_at::text as lower_at, number.measure,
          coalesce(number.counted, 0)::bigint as counted,
          coalesce(number.actual, 0)::bigint as actual
        from truth
        full join chat_count_slot slot using (kind, scope, level, slot_at)
        cross join lateral (
          values ('slot_chats', slot.chats, truth.chats), ('slot_completed', slot.completed, truth.completed),
            ('slot_triggered', slot.triggered, truth.triggered),
            ('slot_failed', slot.failed, truth.failed), ('slot_ended', slot.ended, truth.ended),
            -- A histogram is too long a number to be shown.
            ('slot_answers', (coalesce(slot.answers, 0) = coalesce(truth.answers, 0))::integer, 1)
        ) number (measure, counted, actual)
        where coalesce(number.counted, 0) <> coalesce(number.actual, 0)
        order by 1, 2, 3, 4, 5
        limit @max
        """;

    private const string OfChats =
        """
        count(*) as chats, count(*) filter (where c.status = 'completed') as completed,
          count(*) filter (where c.status = 'completed' and c.triggered_xid is not null) as triggered,
          count(*) filter (where c.status = 'error') as failed,
          count(*) filter (where c.status = 'ended') as ended,
          coalesce(sum(chat_answer(c.created_at, c.completed_at)) filter (where c.status = 'completed'), 0) as answers
        """;

    private const string Sums = "sum(chats), sum(completed), sum(triggered), sum(failed), sum(ended), sum(answers)";
}
