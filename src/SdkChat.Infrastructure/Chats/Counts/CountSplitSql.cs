namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>
/// Cuts one block that has outgrown its level into parts of about <c>@fill</c> chats, at the bounds of what it is made of:
/// chats at level 1, blocks of the level below at the others. The newest part takes what is left, and goes on growing.
/// </summary>
internal static class CountSplitSql
{
    public const string OfAllTenants = $"{Begin} {Chats} where {ChatInBlock} {End}";

    public const string OfTenants = $"{Begin} {Chats} where tenant_id = @scope and {ChatInBlock} {End}";

    public const string OfProfiles = $"{Begin} {Chats} where profile_id = @scope and {ChatInBlock} {End}";

    public const string OfBlocks =
        $"""
        {Begin}
          select lower_at, lower_id, chats, completed, triggered, failed, ended from chat_count_block
          where kind = @kind::"char" and scope = @scope and level = @level - 1
            and (lower_at, lower_id) >= (@lowerAt::timestamptz, @lowerId)
            and (lower_at, lower_id) < ({UpperBound})
        {End}
        """;

    private const string Begin =
        """
        with upper as materialized (
          select lower_at, lower_id from chat_count_block
          where kind = @kind::"char" and scope = @scope and level = @level and (lower_at, lower_id) > (@lowerAt::timestamptz, @lowerId)
          order by lower_at, lower_id
          limit 1
        ),
        child (lower_at, lower_id, chats, completed, triggered, failed, ended) as (
        """;

    /// <summary>All that the transaction sees has been added to the block, in the class that it has now.</summary>
    private const string Chats =
        """
        select created_at, chat_id, 1, (status = 'completed')::integer, (status = 'completed' and triggered_xid is not null)::integer,
          (status = 'error')::integer, (status = 'ended')::integer
        from sdk_chat
        """;

    private const string UpperBound =
        $"coalesce((select lower_at from upper), 'infinity'), coalesce((select lower_id from upper), '{CountShape.LowestId}')";

    private const string ChatInBlock =
        $"(created_at, chat_id) >= (@lowerAt::timestamptz, @lowerId) and (created_at, chat_id) < ({UpperBound})";

    private const string End =
        """
        ),
        placed as (
          select lower_at, lower_id, chats, completed, triggered, failed, ended,
            (sum(chats) over (order by lower_at, lower_id) - chats)::bigint / @fill as part from child
        ),
        part as materialized (
          select part,
            min(lower_at) as lower_at,
            (array_agg(lower_id order by lower_at, lower_id))[1] as lower_id,
            sum(chats) as chats, sum(completed) as completed, sum(triggered) as triggered, sum(failed) as failed, sum(ended) as ended
          from placed
          group by part
        ),
        oldest as (
          update chat_count_block b
          set chats = part.chats, completed = part.completed, triggered = part.triggered, failed = part.failed, ended = part.ended
          from part
          where part.part = 0 and b.kind = @kind::"char" and b.scope = @scope and b.level = @level
            and b.lower_at = @lowerAt::timestamptz and b.lower_id = @lowerId
        )
        insert into chat_count_block (kind, scope, level, lower_at, lower_id, chats, completed, triggered, failed, ended)
        select @kind::"char", @scope, @level, lower_at, lower_id, chats, completed, triggered, failed, ended from part where part > 0
        """;

    /// <summary>The statement for a block.</summary>
    public static string For(string kind, int level) => (kind, level) switch
    {
        (_, > 1) => OfBlocks,
        ("t", _) => OfTenants,
        ("p", _) => OfProfiles,
        _ => OfAllTenants,
    };
}
