namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>
/// Compares the counts with the rows, where all that is visible has been counted. Returns the differences; normally none.
/// </summary>
internal static class CountRepairSql
{
    /// <summary>Blocks with a number that is not that of the chats in them: in the list's index, or in the blocks below.</summary>
    public const string WrongBlocks =
        $"""
        with block as (
          select kind, scope, level, lower_at, lower_id, chats, completed, triggered, failed, ended,
            coalesce(lead(lower_at) over next, 'infinity') as upper_at,
            coalesce(lead(lower_id) over next, '{CountShape.LowestId}') as upper_id
          from chat_count_block
          window next as (partition by kind, scope, level order by lower_at, lower_id)
        )
        select kind::text, scope, level, lower_at::text, number.measure, number.counted, coalesce(number.actual, 0) as actual
        from block
        cross join lateral (
          select truth.chats, truth.completed, truth.triggered, truth.failed, truth.ended
          from chat_history_count_classes(kind, scope, lower_at, lower_id, upper_at, upper_id) truth
          where level = 1
          union all
          select sum(below.chats)::bigint, sum(below.completed)::bigint, sum(below.triggered)::bigint, sum(below.failed)::bigint,
            sum(below.ended)::bigint
          from chat_count_block below
          where below.kind = block.kind and below.scope = block.scope and below.level = block.level - 1
            and (below.lower_at, below.lower_id) >= (block.lower_at, block.lower_id)
            and (below.lower_at, below.lower_id) < (block.upper_at, block.upper_id)
          having block.level > 1
        ) truth
        cross join lateral (
          values ('chats', block.chats, truth.chats), ('completed', block.completed, truth.completed),
            ('triggered', block.triggered, truth.triggered),
            ('failed', block.failed, truth.failed), ('ended', block.ended, truth.ended)
        ) number (measure, counted, actual)
        where number.counted is distinct from coalesce(number.actual, 0)
        order by 1, 2, 3, 4, 5
        limit @max
        """;

    /// <summary>Lists with chats whose blocks do not reach down to the oldest at every level.</summary>
    public const string MissingBlocks =
        $"""
        select list.kind::text, list.scope, depth.level::smallint as level, '-infinity' as lower_at, 'chats' as measure,
          0::bigint as counted, list.chats as actual
        from (
          select 'a'::"char" as kind, '{CountShape.AllTenants}'::uuid as scope, count(*) as chats from sdk_chat having count(*) > 0
          union all
          select 't', tenant_id, count(*) from sdk_chat group by tenant_id
          union all
          select 'p', scope, count(*) from chat_count_block where kind = 'p' group by scope
        ) list
        cross join generate_series(1, 3) depth (level)
        where not exists (
          select from chat_count_block b
          where b.kind = list.kind and b.scope = list.scope and b.level = depth.level
            and b.lower_at = '-infinity' and b.lower_id = '{CountShape.LowestId}')
        order by 1, 2, 3
        limit @max
        """;

    /// <summary>Bounds of a level that the level below has not: what lies around them would be counted with the wrong block.</summary>
    public const string StrayBounds =
        """
        select kind::text, scope, level, lower_at::text, 'chats' as measure, chats as counted, 0::bigint as actual
        from chat_count_block b
        where level > 1 and not exists (
          select from chat_count_block below
          where below.kind = b.kind and below.scope = b.scope and below.level = b.level - 1
            and below.lower_at = b.lower_at and below.lower_id = b.lower_id)
        order by 1, 2, 3, 4
        limit @max
        """;
}
