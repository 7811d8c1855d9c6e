namespace SdkChat.Infrastructure.Chats.Tally;

/// <summary>Compares the counts with the rows, where all that is visible has been counted. Answers what differs; normally nothing.</summary>
internal static class TallyRepairSql
{
    /// <summary>Blocks that say another number of chats than lie in them: in the list's index, or in the blocks below.</summary>
    public const string WrongBlocks =
        $"""
        with block as (
          select kind, scope, level, lower_at, lower_id, chats,
            coalesce(lead(lower_at) over next, 'infinity') as upper_at, coalesce(lead(lower_id) over next, '{TallyShape.LowestId}') as upper_id
          from chat_tally_block
          window next as (partition by kind, scope, level order by lower_at, lower_id)
        )
        select kind::text, scope, level, lower_at::text, block.chats as counted, coalesce(truth.chats, 0) as actual
        from block
        cross join lateral (
          select case
            when level = 1 then chat_index_count(kind, scope, lower_at, lower_id, upper_at, upper_id)
            else (
              select sum(below.chats)::bigint from chat_tally_block below
              where below.kind = block.kind and below.scope = block.scope and below.level = block.level - 1
                and (below.lower_at, below.lower_id) >= (block.lower_at, block.lower_id)
                and (below.lower_at, below.lower_id) < (block.upper_at, block.upper_id))
          end as chats
        ) truth
        where block.chats is distinct from coalesce(truth.chats, 0)
        order by 1, 2, 3, 4
        limit @max
        """;

    /// <summary>Lists with chats whose blocks do not reach down to the oldest at every level.</summary>
    public const string MissingBlocks =
        $"""
        select list.kind::text, list.scope, depth.level::smallint as level, '-infinity' as lower_at, 0::bigint as counted, list.chats as actual
        from (
          select 'a'::"char" as kind, '{TallyShape.Everybody}'::uuid as scope, count(*) as chats from sdk_chat having count(*) > 0
          union all
          select 't', tenant_id, count(*) from sdk_chat group by tenant_id
          union all
          select 'p', scope, count(*) from chat_tally_block where kind = 'p' group by scope
        ) list
        cross join generate_series(1, 3) depth (level)
        where not exists (
          select from chat_tally_block b
          where b.kind = list.kind and b.scope = list.scope and b.level = depth.level
            and b.lower_at = '-infinity' and b.lower_id = '{TallyShape.LowestId}')
        order by 1, 2, 3
        limit @max
        """;

    /// <summary>Bounds of a level that the level below has not: what lies around them would be counted with the wrong block.</summary>
    public const string StrayBounds =
        """
        select kind::text, scope, level, lower_at::text, chats as counted, 0::bigint as actual
        from chat_tally_block b
        where level > 1 and not exists (
          select from chat_tally_block below
          where below.kind = b.kind and below.scope = b.scope and below.level = b.level - 1
            and below.lower_at = b.lower_at and below.lower_id = b.lower_id)
        order by 1, 2, 3, 4
        limit @max
        """;
}
