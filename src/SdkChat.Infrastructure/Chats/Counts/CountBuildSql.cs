namespace SdkChat.Infrastructure.Chats.Counts;

/// <summary>Counts everything again: after a repair has found a difference, and where so much is pending that it takes less time.</summary>
internal static class CountBuildSql
{
    public const string Clear = "delete from chat_count_block";

    /// <summary>Walks in index order need no memory; grouping many profiles does.</summary>
    public const string Prepare = "select set_config('work_mem', '64MB', true), set_config('enable_seqscan', 'on', true)";

    /// <summary>
    /// Transaction numbers from another server (a dump that was restored here) would come up a second time. A row that is visible although
    /// its transaction is not has such a number.
    /// </summary>
    public const string ReplaceForeignTransactionIds =
        """
        update sdk_chat
        set xid = '3', final_xid = case when final_xid is not null then '3'::xid8 end,
          triggered_xid = case when triggered_xid is not null then '3'::xid8 end
        where xid >= pg_snapshot_xmax(pg_current_snapshot())
          or final_xid >= pg_snapshot_xmax(pg_current_snapshot())
          or triggered_xid >= pg_snapshot_xmax(pg_current_snapshot())
          or xid = any (array(select pg_snapshot_xip(pg_current_snapshot())))
          or final_xid = any (array(select pg_snapshot_xip(pg_current_snapshot())))
          or triggered_xid = any (array(select pg_snapshot_xip(pg_current_snapshot())))
        """;

    public const string AllTenants = $"{Insert} {Numbered} from sdk_chat {Blocks} select 'a'::\"char\", {Block}";

    public const string Tenants = $"{Insert} {NumberedByTenant} from sdk_chat {Blocks} select 't'::\"char\", {Block}";

    public const string Profiles =
        $"""
        {Insert} {NumberedByProfile} from sdk_chat
          where profile_id in (select profile_id from sdk_chat group by profile_id having count(*) >= @largeProfile)
        {Blocks}
        select 'p'::"char", {Block}
        """;

    /// <summary>A level from the one below it.</summary>
    public const string Level =
        """
        insert into chat_count_block (kind, scope, level, lower_at, lower_id, chats, completed, triggered, failed, ended)
        select kind, scope, @level, (array_agg(lower_at order by lower_at, lower_id))[1],
          (array_agg(lower_id order by lower_at, lower_id))[1],
          sum(chats), sum(completed), sum(triggered), sum(failed), sum(ended)
        from (
          select kind, scope, lower_at, lower_id, chats, completed, triggered, failed, ended,
            (sum(chats) over (partition by kind, scope order by lower_at, lower_id) - chats)::bigint / @fill as part
          from chat_count_block
          where level = @level - 1
        ) block
        group by kind, scope, part
        """;

    /// <summary>From here on the counts are this server's. Errors and items are counted again if another server counted them, or rows of
    /// another server were added: they look as if they had been counted.</summary>
    public const string MoveWatermark =
        $"""
        update chat_count_watermark
        set seen = pg_current_snapshot(),
            slots_seen = pg_current_snapshot(),
            answers_seen = pg_current_snapshot(),
            texts_last_xid = case when @hadForeignRows or {CountSql.IsForeign} then null else texts_last_xid end,
            written_by = pg_current_xact_id(),
            open_xids = array(select pg_snapshot_xip(pg_current_snapshot())),
            last_xid = greatest(
              '0', (select max(xid) from sdk_chat), (select max(final_xid) from sdk_chat), (select max(triggered_xid) from sdk_chat))
        """;

    private const string Insert =
        """
        insert into chat_count_block (kind, scope, level, lower_at, lower_id, chats, completed, triggered, failed, ended)
        with numbered as (
        """;

    private const string Columns = "created_at, chat_id, chat_class(status, triggered_xid) as class";

    /// <summary>From the newest, as the indexes are sorted, from 0.</summary>
    private const string Numbered =
        $"select '{CountShape.AllTenants}'::uuid as scope, {Columns}, row_number() over (order by created_at desc, chat_id desc) "
        + "- 1 as number";

    private const string NumberedByTenant =
        $"select tenant_id as scope, {Columns}, row_number() over (partition by tenant_id order by created_at desc, chat_id desc) "
        + "- 1 as number";

    private const string NumberedByProfile =
        $"select profile_id as scope, {Columns}, row_number() over (partition by profile_id order by created_at desc, chat_id desc) "
        + "- 1 as number";

    /// <summary>So many rows are a block; its last row is its lower bound. The oldest block has the rest, and no bound.</summary>
    private const string Blocks =
        """
        ), part as (
          select scope, number / @fill as part, count(*) as chats, count(*) filter (where class in (2, 4)) as completed,
            count(*) filter (where class = 4) as triggered, count(*) filter (where class = 8) as failed,
            count(*) filter (where class = 16) as ended,
            max(created_at) filter (where number % @fill = @fill - 1) as lower_at,
            (array_agg(chat_id) filter (where number % @fill = @fill - 1))[1] as lower_id
          from numbered
          group by scope, number / @fill
        ), block as (
          select scope, part = max(part) over (partition by scope) as is_oldest, lower_at, lower_id, chats, completed, triggered, failed,
            ended from part
        )
        """;

    private const string Block =
        $"""
        scope, 1, case when is_oldest then '-infinity' else lower_at end,
          case when is_oldest then '{CountShape.LowestId}' else lower_id end,
          chats, completed, triggered, failed, ended
        from block
        """;
}
