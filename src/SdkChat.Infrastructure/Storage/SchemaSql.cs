namespace SdkChat.Infrastructure.Storage;

/// <summary>Statements about the schema itself.</summary>
internal static class SchemaSql
{
    /// <summary>
    /// The turn to migrate. It ends with the transaction, also on a server connection that a pooler keeps, and with the connection when the
    /// process dies. Builds before this one waited for the same key.
    /// </summary>
    public const string TryLock = "select pg_try_advisory_xact_lock(@key)";

    /// <summary>Who holds an advisory lock of this database.</summary>
    public const string Holders =
        """
        select l.pid, a.usename::text as username, a.application_name as applicationname, host(a.client_addr) as clientaddress, a.state,
          coalesce(a.xact_start, a.state_change, a.backend_start) at time zone 'UTC' as since
        from pg_locks l
        join pg_stat_activity a on a.pid = l.pid
        where l.locktype = 'advisory' and l.granted and l.objsubid = 1
          and l.classid = (@key >> 32)::oid and l.objid = (@key & 4294967295)::oid
          and l.database = (select d.oid from pg_database d where d.datname = current_database())
        """;

    /// <summary>The transactions of this database that have been open longest: whoever waits for a table most likely waits for one of them.</summary>
    public const string OldestTransactions =
        """
        select a.pid, a.usename::text as username, a.application_name as applicationname, host(a.client_addr) as clientaddress, a.state,
          a.xact_start at time zone 'UTC' as since
        from pg_stat_activity a
        where a.datname = current_database() and a.xact_start is not null and a.pid <> pg_backend_pid() and a.backend_type = 'client backend'
        order by a.xact_start
        limit 3
        """;

    /// <summary>
    /// Ends the snapshot of the query before, which an open transaction keeps until its next statement: an index that is built beside the
    /// writers would wait for it.
    /// </summary>
    public const string ReleaseSnapshot = "set local lock_timeout = 0";

    /// <summary>How long the statements of this transaction wait for a lock.</summary>
    public const string LockTimeout = "select set_config('lock_timeout', @milliseconds::text, true)";

    public const string JournalExists = "select to_regclass('schemaversions') is not null";

    /// <summary>The journal, in the shape in which the library that earlier builds used for it made it.</summary>
    public const string CreateJournal =
        """
        create table schemaversions (
          schemaversionsid serial not null,
          scriptname character varying(255) not null,
          applied timestamp without time zone not null,
          constraint "PK_schemaversions_Id" primary key (schemaversionsid)
        )
        """;

    /// <summary>Which of the named scripts the journal has.</summary>
    public const string Applied = "select distinct scriptname from schemaversions where scriptname = any(@scripts)";

    public const string Record = "insert into schemaversions (scriptname, applied) values (@script, now() at time zone 'UTC')";

    /// <summary>How many of the named scripts the journal has.</summary>
    public const string CountApplied = "select count(distinct scriptname) from schemaversions where scriptname = any(@scripts)";

    public const string DatabaseExists = "select exists (select from pg_database where datname = @name)";

    public const string IsStandby = "select pg_is_in_recovery()";

    public const string BackendId = "select pg_backend_pid()";
}
