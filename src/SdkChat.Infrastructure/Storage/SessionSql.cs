namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// The settings that the service's statements need, set explicitly, since a database or a role may have other defaults. They are statements
/// and not start-up parameters: PgBouncer refuses the start-up parameter <c>options</c> by default.
/// </summary>
internal static class SessionSql
{
    /// <summary>For a session of the service: until the connection closes.</summary>
    /// <param name="searchPath">The search path in the connection string, or null.</param>
    public static string Session(string? searchPath) => Settings("false", idleInTransaction: "60s", searchPath);

    /// <summary>
    /// For one transaction of a migration, which may be idle while statements run on another connection. Changes no setting beyond the
    /// transaction.
    /// </summary>
    public static string Transaction(string? searchPath) =>
        $"set transaction read write; {Settings("true", idleInTransaction: "0", searchPath)}";

    /// <summary>
    /// For the sessions of the change feed. After a start, and after a partition was emptied, the first read finds empty tables, and its
    /// plan is cached: for an empty table that is a sequential scan, which is slow once there are events. With sequential scans disabled
    /// the planner overestimates the cost of small tables without an index and would use JIT, so that is off too.
    /// </summary>
    public const string WalkIndexes = "select set_config('enable_seqscan', 'off', false), set_config('jit', 'off', false)";

    /// <summary>
    /// The client limits the time of every statement, so the server's limits are off. The server detects within half a minute that a client
    /// machine has vanished, and rolls back: by TCP keep-alive in an idle session, by checking the socket every five seconds during a
    /// statement (servers on Linux), otherwise by unacknowledged data.
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

    /// <summary>The role's own search path if it finds the schema, else <c>public</c>.</summary>
    private static string SearchPath(string? configured) => configured is null
        ? "case when to_regclass('schemaversions') is null then 'public' else current_setting('search_path') end"
        : $"'{configured.Replace("'", "''", StringComparison.Ordinal)}'";
}
