using SdkChat.Infrastructure.Chats.Counts;

namespace SdkChat.Infrastructure.Retention;

/// <summary>
/// Deletes old rows of all tenants in batches. Each batch is a short transaction of its own, on one node at a time; rows that another
/// transaction is changing are left for the next batch. A row is old only if the clocks of the node (<c>@before</c>) and of the database
/// agree, so that one wrong clock removes nothing.
/// </summary>
internal static class RetentionSql
{
    private const string OurTurn = "(select pg_try_advisory_xact_lock(@turn))";

    private const string Limit = "least(@before::timestamptz, now() - make_interval(secs => @keepSeconds))";

    /// <summary>
    /// Ends open sessions of deleted profiles. Versions before migration 0015 could leave such sessions, and without an end they would
    /// never be deleted.
    /// </summary>
    public const string EndOrphans =
        """
        update profile_session s
        set ended_at = greatest(p.deleted_at, s.started_at)
        from sdk_profile p
        where p.tenant_id = s.tenant_id and p.profile_id = s.profile_id and p.deleted_at is not null and s.ended_at is null
        """;

    /// <summary>Deletes chats with their runs, if any. A trigger removes the chats from the history counts.</summary>
    public const string Chats =
        $"""
        with old as materialized (
          select chat_id from sdk_chat
          where {OurTurn} and created_at < {Limit}
          order by created_at, chat_id
          limit @batchSize
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
          limit @batchSize
          for update skip locked
        )
        delete from profile_session s using old where s.session_id = old.session_id
        """;

    /// <summary>A profile that was not deleted is kept, whatever its age: the app may still use its id.</summary>
    public const string Profiles =
        $"""
        with old as materialized (
          select tenant_id, profile_id from sdk_profile p
          where {OurTurn} and deleted_at < {Limit}
            and not exists (select from sdk_chat c where c.tenant_id = p.tenant_id and c.profile_id = p.profile_id)
            and not exists (select from profile_session s where s.tenant_id = p.tenant_id and s.profile_id = p.profile_id)
          order by deleted_at
          limit @batchSize
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

    /// <summary>Prevents updates of the history counts while blocks or slots are removed, like the trigger on deleted chats.</summary>
    public const string HoldCounts = "update chat_count_watermark set last_xid = last_xid";

    /// <summary>
    /// Removes empty count blocks, level by level from the top. The range of a removed block, which has no chats, then belongs to the
    /// previous block. The first block of each level is kept, and so is one whose bound occurs in the level above.
    /// </summary>
    public const string EmptyBlocks =
        $"""
        delete from chat_count_block b
        where b.level = @level and b.chats = 0 and b.lower_at < {Limit}
          and (b.lower_at, b.lower_id) > ('-infinity', '{CountShape.LowestId}')
          and not exists (
            select from chat_count_block above
            where above.kind = b.kind and above.scope = b.scope and above.level = b.level + 1
              and above.lower_at = b.lower_at and above.lower_id = b.lower_id)
        """;
}
