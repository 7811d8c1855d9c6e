namespace SdkChat.Infrastructure.Storage;

/// <summary>Statements about the schema.</summary>
internal static class SchemaSql
{
    /// <summary>
    /// Takes the migration lock. It ends with the transaction, also on a server connection that a pooler keeps, and with the connection if
    /// the process dies. Earlier builds use the same key.
    /// </summary>
    public const string TryLock = "select pg_try_advisory_xact_lock(@key)";

    /// <summary>The holders of an advisory lock of this database.</summary>
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

    /// <summary>The longest open transactions of this database: one of them most likely holds the table lock.</summary>
    public const string OldestTransactions =
        """
        select a.pid, a.usename::text as username, a.application_name as applicationname, host(a.client_addr) as clientaddress, a.state,
          a.xact_start at time zone 'UTC' as since
        from pg_stat_activity a
        where a.datname = current_database() and a.xact_start is not null and a.pid <> pg_backend_pid()
          and a.backend_type = 'client backend'
        order by a.xact_start
        limit 3
        """;

    /// <summary>
    /// Releases the snapshot of the previous query, which an open transaction keeps until its next statement: a concurrent index build
    /// would wait for it.
    /// </summary>
    public const string ReleaseSnapshot = "set local lock_timeout = 0";

    /// <summary>How long the statements of this transaction wait for a lock.</summary>
    public const string LockTimeout = "select set_config('lock_timeout', @milliseconds::text, true)";

    public const string JournalExists = "select to_regclass('schemaversions') is not null";

    /// <summary>The schema of the tables, as an identifier.</summary>
    public const string Schema =
        """
        select quote_ident(n.nspname)
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where c.oid = 'schemaversions'::regclass
        """;

    /// <summary>Creates the journal with the columns that the library of earlier builds used.</summary>
    public const string CreateJournal =
        """
        create table schemaversions (
          schemaversionsid serial not null,
          scriptname character varying(255) not null,
          applied timestamp without time zone not null,
          constraint "PK_schemaversions_Id" primary key (schemaversionsid)
        )
        """;

    /// <summary>Which of the named scripts are in the journal.</summary>
    public const string Applied = "select distinct scriptname from schemaversions where scriptname = any(@scripts)";

    public const string Record = "insert into schemaversions (scriptname, applied) values (@script, now() at time zone 'UTC')";

    /// <summary>How many of the named scripts are in the journal.</summary>
    public const string CountApplied = "select count(distinct scriptname) from schemaversions where scriptname = any(@scripts)";

    public const string DatabaseExists = "select exists (select from pg_database where datname = @name)";

    /// <summary>The encoding of the database. Only UTF8 is supported: Unicode functions refuse other encodings.</summary>
    public const string Encoding = "select current_setting('server_encoding')";

    public const string IsStandby = "select pg_is_in_recovery()";

    public const string BackendId = "select pg_backend_pid()";
}
