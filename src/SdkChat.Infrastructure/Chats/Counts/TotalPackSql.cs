namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>
/// The running totals of 32 days in one value (migration 0040). Statements over all tenants, as those of <see cref="SlotSql"/>; each row
/// has its tenant or profile.
/// </summary>
internal static class TotalPackSql
{
    /// <summary>After <see cref="RunningTotalSql.Clear"/>, whose trigger has emptied them.</summary>
    public const string Clear = "delete from chat_total_pack";

    private const string OfDue = "from chat_total_pack p where p.packed is null and p.ends_at < now() - interval '10 minutes'";

    /// <summary>Whether there are totals to pack, as <see cref="Due"/> chooses them.</summary>
    public const string IsDue = $"exists (select {OfDue})";

    /// <summary>
    /// The packs to be made: in turn the one that is due last, which readers want most, and the one that has been due longest, which others
    /// must not keep waiting for ever.
    /// </summary>
    public const string Due =
        $"""
        select kind::text, scope, slot_at
        from (
          (
            select p.kind, p.scope, p.slot_at, row_number() over (order by p.ends_at desc) as turn
            {OfDue}
            order by p.ends_at desc
            limit @most
          )
          union all
          (
            select p.kind, p.scope, p.slot_at, row_number() over (order by p.ends_at) as turn
            {OfDue}
            order by p.ends_at
            limit @most
          )
        ) d
        group by 1, 2, 3
        order by min(d.turn)
        limit @most
        """;

    /// <summary>The totals of a pack.</summary>
    public const string Totals =
        """
        select t.slot_at, t.chats, t.completed, t.triggered, t.failed, t.ended, numeric_send(t.answers) as answers
        from chat_running_total t
        where t.kind = @kind::"char" and t.scope = @scope and t.slot_at >= @slotAt and t.slot_at < @slotAt + interval '768 hours'
        order by t.slot_at
        """;

    public const string Store =
        "update chat_total_pack set ends = @ends, packed = @packed where kind = @kind::\"char\" and scope = @scope and slot_at = @slotAt";

    /// <summary>A pack that has lost its last total.</summary>
    public const string Remove = "delete from chat_total_pack where kind = @kind::\"char\" and scope = @scope and slot_at = @slotAt";

    /// <summary>All packs, and totals without one.</summary>
    public const string All =
        """
        select kind::text, scope, slot_at, p.ends, p.packed, p.kind is null as is_missing
        from (select distinct t.kind, t.scope, chat_text_slot(3, t.slot_at) as slot_at from chat_running_total t) s
        full join chat_total_pack p using (kind, scope, slot_at)
        where p.kind is null or p.packed is not null
        order by 1, 2, 3
        """;
}
