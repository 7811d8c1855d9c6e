namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// The settings that the service's statements need, set explicitly, since a database or a role may have others as its default. As
/// statements and not as start-up parameters: PgBouncer refuses the start-up parameter <c>options</c> as it is shipped.
/// </summary>
internal static class SessionSql
{
    /// <summary>For a session of the service: until the connection closes.</summary>
    /// <param name="searchPath">What the connection string says, else null.</param>
    public static string Session(string? searchPath) => Settings("false", idleInTransaction: "60s", searchPath);

    /// <summary>For one transaction of a migration, which may be idle while statements run beside it. Leaves nothing behind.</summary>
    public static string Transaction(string? searchPath) => $"set transaction read write; {Settings("true", idleInTransaction: "0", searchPath)}";

    /// <summary>
    /// For the sessions of the change feed. Events are read when there are none yet, as after a start and whenever a partition was
    /// emptied, and the plan is kept: that of an empty table is to read all of it, and a minute later it is not empty. With
    /// sequential scans disabled the planner takes the small tables without an index for expensive, and would compile what reads them.
    /// </summary>
    public const string WalkIndexes = "select set_config('enable_seqscan', 'off', false), set_config('jit', 'off', false)";

    /// <summary>
    /// Client-side time limits bound every statement, so the server's are off. The server learns within half a minute that a
    /// machine has vanished, and rolls back what it had begun: by TCP keep-alive in an idle session, by checking the socket every five
    /// seconds while a statement runs (servers on Linux can), by unacknowledged bytes otherwise.
    /// </summary>
    private static string Settings(string isLocal, string idleInTransaction, string? searchPath) =>
        $"""
        select
          set_config('default_transaction_isolation', 'read committed', {isLocal}),
          set_config('default_transaction_read_only', 'off', {isLocal}),
          set_config('default_transaction_deferrable', 'off', {isLocal}),
          set_config('statement_timeout', '0', {isLocal}),
          set_config('lock_timeout', '0', {isLocal}),
          set_config('idle_in_transaction_session_timeout', '{idleInTransaction}', {isLocal}),
          set_config('search_path', {SearchPath(searchPath)}, {isLocal}),
          set_config('datestyle', 'ISO, MDY', {isLocal}),
          set_config('intervalstyle', 'postgres', {isLocal}),
          set_config('timezone', 'UTC', {isLocal}),
          set_config('standard_conforming_strings', 'on', {isLocal}),
          set_config('transform_null_equals', 'off', {isLocal}),
          set_config('tcp_keepalives_idle', '10', {isLocal}),
          set_config('tcp_keepalives_interval', '5', {isLocal}),
          set_config('tcp_keepalives_count', '3', {isLocal}),
          set_config('tcp_user_timeout', '30000', {isLocal}),
          set_config('client_connection_check_interval', case when version() like '%linux%' then '5s' else '0' end, {isLocal})
        """;

    /// <summary>The role's own search path where that finds the schema, else <c>public</c>.</summary>
    private static string SearchPath(string? configured) => configured is null
        ? "case when to_regclass('schemaversions') is null then 'public' else current_setting('search_path') end"
        : $"'{configured.Replace("'", "''", StringComparison.Ordinal)}'";
}
