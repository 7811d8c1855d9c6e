using SdkChat.Infrastructure.Chats.Tally;

namespace SdkChat.Infrastructure.Retention;

/// <summary>
/// What is too old goes in bites, of all tenants alike. Each bite is a transaction of its own and short; of many nodes one at a
/// time takes it, and rows that somebody is changing are left for the next. Old is what two clocks call old: the node's
/// (<c>@before</c>) and the database's, so that one of them alone, however wrong, removes nothing.
/// </summary>
internal static class RetentionSql
{
    private const string OurTurn = "(select pg_try_advisory_xact_lock(@turn))";

    private const string Limit = "least(@before::timestamptz, now() - make_interval(secs => @keepSeconds))";

    /// <summary>
    /// Ends sessions that are open although their profile is deleted. Versions before migration 0015 could leave such behind; without an
    /// end nothing would ever remove them.
    /// </summary>
    public const string EndOrphans =
        """
        update profile_session s
        set ended_at = greatest(p.deleted_at, s.started_at)
        from sdk_profile p
        where p.tenant_id = s.tenant_id and p.profile_id = s.profile_id and p.deleted_at is not null and s.ended_at is null
        """;

    /// <summary>With whatever run it may still have. A trigger takes the chats out of the counts.</summary>
    public const string Chats =
        $"""
        with old as materialized (
          select chat_id from sdk_chat
          where {OurTurn} and created_at < {Limit}
          order by created_at, chat_id
          limit @bite
          for update skip locked
        ), run as (
          delete from pipeline_run r using old where r.chat_id = old.chat_id
        )
        delete from sdk_chat c using old where c.chat_id = old.chat_id
        """;

    public const string Sessions =
        $"""
        with old as materialized (
          select session_id from profile_session
          where {OurTurn} and ended_at < {Limit}
          order by ended_at
          limit @bite
          for update skip locked
        )
        delete from profile_session s using old where s.session_id = old.session_id
        """;

    /// <summary>A profile that was not deleted stays, however old: the app that has its id may come back with it.</summary>
    public const string Profiles =
        $"""
        with old as materialized (
          select tenant_id, profile_id from sdk_profile p
          where {OurTurn} and deleted_at < {Limit}
            and not exists (select from sdk_chat c where c.tenant_id = p.tenant_id and c.profile_id = p.profile_id)
            and not exists (select from profile_session s where s.tenant_id = p.tenant_id and s.profile_id = p.profile_id)
          order by deleted_at
          limit @bite
          for update skip locked
        ), counts as (
          delete from chat_count_block b using old where b.kind = 'p' and b.scope = old.profile_id
        ), old_counts as (
          delete from chat_tally_block b using old where b.kind = 'p' and b.scope = old.profile_id
        ), slots as (
          delete from chat_count_slot s using old where s.kind = 'p' and s.scope = old.profile_id
        )
        delete from sdk_profile p using old where p.tenant_id = old.tenant_id and p.profile_id = old.profile_id
        """;

    /// <summary>Keeps folders away while blocks are taken out, as the trigger on deleted chats does.</summary>
    public const string HoldCounts = "update chat_count_watermark set last_xid = last_xid";

    /// <summary>
    /// Blocks in which nothing is left, level by level from the top: what lies between their bounds, which is nothing, now falls
    /// to the block before. The first of each level stays, and so does one whose bound the level above has.
    /// </summary>
    public const string EmptyBlocks =
        $"""
        delete from chat_count_block b
        where b.level = @level and b.chats = 0 and b.lower_at < {Limit} and (b.lower_at, b.lower_id) > ('-infinity', '{TallyShape.LowestId}')
          and not exists (
            select from chat_count_block above
            where above.kind = b.kind and above.scope = b.scope and above.level = b.level + 1
              and above.lower_at = b.lower_at and above.lower_id = b.lower_id)
        """;
}
