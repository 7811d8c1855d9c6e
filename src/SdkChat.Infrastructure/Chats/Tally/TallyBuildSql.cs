namespace SdkChat.Infrastructure.Chats.Tally;

/// <summary>Counts everything anew: after a repair has found a difference, and where so much was added that it is the shorter way.</summary>
internal static class TallyBuildSql
{
    public const string Clear = "delete from chat_tally_block";

    /// <summary>Walks in index order need no memory; grouping many profiles does.</summary>
    public const string Prepare = "select set_config('work_mem', '64MB', true), set_config('enable_seqscan', 'on', true)";

    /// <summary>
    /// Numbers from another server (a dump that was restored here) would come up a second time. A row that is visible although
    /// its transaction is not is such a one.
    /// </summary>
    public const string Disown =
        """
        update sdk_chat set xid = '3'
        where (xid >= pg_snapshot_xmax(pg_current_snapshot()) or xid = any (array(select pg_snapshot_xip(pg_current_snapshot()))))
        """;

    public const string Everybodys =
        $"""
        insert into chat_tally_block (kind, scope, level, lower_at, lower_id, chats)
        with list as materialized (select '{TallyShape.Everybody}'::uuid as scope, count(*) as chats from sdk_chat having count(*) > 0),
        numbered as (
          select '{TallyShape.Everybody}'::uuid as scope, created_at, chat_id, row_number() over (order by created_at desc, chat_id desc) as number
          from sdk_chat
        )
        select 'a'::"char", {Cut}
        union all
        select 'a', {Rest}
        """;

    public const string Tenants =
        $"""
        insert into chat_tally_block (kind, scope, level, lower_at, lower_id, chats)
        with list as materialized (select tenant_id as scope, count(*) as chats from sdk_chat group by tenant_id),
        numbered as (
          select tenant_id as scope, created_at, chat_id,
            row_number() over (partition by tenant_id order by created_at desc, chat_id desc) as number
          from sdk_chat
        )
        select 't'::"char", {Cut}
        union all
        select 't', {Rest}
        """;

    public const string Profiles =
        $"""
        insert into chat_tally_block (kind, scope, level, lower_at, lower_id, chats)
        with list as materialized (
          select profile_id as scope, count(*) as chats from sdk_chat group by profile_id having count(*) >= @largeProfile
        ),
        numbered as (
          select profile_id as scope, created_at, chat_id,
            row_number() over (partition by profile_id order by created_at desc, chat_id desc) as number
          from sdk_chat
        )
        select 'p'::"char", {Cut}
        union all
        select 'p', {Rest}
        """;

    /// <summary>A level from the one below it.</summary>
    public const string Level =
        """
        insert into chat_tally_block (kind, scope, level, lower_at, lower_id, chats)
        select kind, scope, @level, (array_agg(lower_at order by lower_at, lower_id))[1], (array_agg(lower_id order by lower_at, lower_id))[1], sum(chats)
        from (
          select kind, scope, lower_at, lower_id, chats,
            (sum(chats) over (partition by kind, scope order by lower_at, lower_id) - chats)::bigint / @fill as part
          from chat_tally_block
          where level = @level - 1
        ) block
        group by kind, scope, part
        """;

    /// <summary>From here on the counts are this server's.</summary>
    public const string Place =
        """
        update chat_tally
        set seen = pg_current_snapshot(),
            written_by = pg_current_xact_id(),
            open_xids = array(select pg_snapshot_xip(pg_current_snapshot())),
            last_xid = coalesce((select max(xid) from sdk_chat), '0')
        """;

    /// <summary>Numbered from the newest, as the indexes are sorted: every so-many-th row is the lower bound of a full block.</summary>
    private const string Cut =
        """
        scope, 1, created_at, chat_id, @fill from numbered join list using (scope)
        where number % @fill = 0 and number < list.chats
        """;

    /// <summary>The oldest block takes the rest.</summary>
    private const string Rest =
        $"""
        scope, 1, '-infinity', '{TallyShape.LowestId}', chats - (chats - 1) / @fill * @fill from list
        """;
}
