namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>
/// The errors and items of a slot in one value (migration 0037). Statements over all tenants, as those of <see cref="TextSql"/>; each row
/// has its tenant.
/// </summary>
internal static class TextPackSql
{
    /// <summary>After <see cref="TextSql.Clear"/>, whose trigger has emptied them.</summary>
    public const string Clear = "delete from chat_text_pack";

    /// <summary>Whether a slot must be packed, as <see cref="Pack"/> chooses them.</summary>
    public const string IsDue =
        """
        exists (select from chat_text_pack p where p.packed is null and p.ends_at < now() - interval '10 minutes'
          and p.slot_at >= texts_from)
        """;

    /// <summary>Packs some slots that have ended. Returns whether none is left.</summary>
    public const string Pack = "select chat_text_pack_due(@texts)";

    /// <summary>Packs that are not those of their slots' rows, and slots without one. Reads every row.</summary>
    public const string Wrong =
        """
        select 't' as kind, tenant_id as scope, level::smallint, slot_at::text as lower_at, 'packed_texts' as measure,
          coalesce(pack.texts, 0)::bigint as counted, coalesce(made.texts, 0)::bigint as actual
        from (select distinct t.tenant_id, t.level, t.slot_at from chat_slot_text t) slot
        full join chat_text_pack pack using (tenant_id, level, slot_at)
        left join lateral chat_text_pack_of(tenant_id, level, slot_at) made on pack.packed is not null
        where pack.tenant_id is null or pack.packed is not null and (pack.packed <> made.packed or pack.texts <> made.texts)
        order by 2, 3, 4
        limit @max
        """;
}
