namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>
/// Running totals of days (migration 0038), which triggers on the slots keep. Statements over all tenants, as those of
/// <see cref="SlotSql"/>; each row has its tenant or profile.
/// </summary>
internal static class RunningTotalSql
{
    /// <summary>
    /// After <see cref="SlotSql.Clear"/>, whose trigger has removed those of days that have slots. Not before it: deletions lock slots
    /// first too.
    /// </summary>
    public const string Clear = "delete from chat_running_total";

    /// <summary>Totals that are not those of the slots.</summary>
    public const string Wrong =
        """
        with truth as (
          select s.kind, s.scope, s.slot_at, sum(s.chats) over day as chats, sum(s.completed) over day as completed,
            sum(s.triggered) over day as triggered,
            sum(s.failed) over day as failed, sum(s.ended) over day as ended, sum(s.answers) over day as answers
          from chat_count_slot s
          where s.level = 1
          window day as (partition by s.kind, s.scope, chat_slot(3, s.slot_at) order by s.slot_at)
        )
        select kind::text, scope, 1::smallint as level, slot_at::text as lower_at, 'running_total' as measure,
          coalesce(total.chats, 0)::bigint as counted,
          coalesce(truth.chats, 0)::bigint as actual
        from truth
        full join chat_running_total total using (kind, scope, slot_at)
        where (total.chats, total.completed, total.triggered, total.failed, total.ended, total.answers)
          is distinct from (truth.chats, truth.completed, truth.triggered, truth.failed, truth.ended, truth.answers)
        order by 1, 2, 4
        limit @max
        """;
}
