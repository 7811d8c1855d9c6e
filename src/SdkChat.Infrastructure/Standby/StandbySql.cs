namespace SdkChat.Infrastructure.Standby;

/// <summary>Statements that compare the standby with the primary. They read no table.</summary>
internal static class StandbySql
{
    /// <summary>
    /// A position in the primary's WAL after the commit of everything that is visible now: the flushed one, since a commit is visible after
    /// its flush, or the end of the WAL if commits do not wait for their flush. Without that reason the end must not be used: what follows
    /// the last commit may stay unflushed, and would look like lag.
    /// </summary>
    public const string Primary =
        """
        select
          ((case current_setting('synchronous_commit') when 'off' then pg_current_wal_insert_lsn()
            else pg_current_wal_flush_lsn() end) - '0/0'::pg_lsn)::bigint as position,
          ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::int as timeline,
          (select system_identifier from pg_control_system()) as cluster
        """;

    /// <summary>
    /// The position up to which the standby has replayed: commits up to it are visible to the next statement. The timeline is that of its
    /// last restart point, or of the last pages that it wrote.
    /// </summary>
    public const string Standby =
        """
        select
          pg_is_in_recovery() as is_in_recovery,
          coalesce((pg_last_wal_replay_lsn() - '0/0'::pg_lsn)::bigint, 0) as position,
          greatest((select timeline_id from pg_control_checkpoint()),
            (select min_recovery_end_timeline from pg_control_recovery())) as timeline,
          (select system_identifier from pg_control_system()) as cluster,
          extract(epoch from pg_postmaster_start_time())::float8 as started
        """;
}
