using System.Net.Sockets;
using Npgsql;

namespace SdkChat.Infrastructure.Storage;

/// <summary>Classifies failures of the database: for the call, for its connection, and for an operator.</summary>
internal static class DatabaseFailure
{
    private const string IdleInTransactionSessionTimeout = "25P03";

    /// <summary>
    /// Whether the database is unavailable, overloaded or refuses logins, as opposed to a wrong statement: the same call may succeed later.
    /// Every FATAL and PANIC is such a case, whatever its code: the server has closed the connection.
    /// </summary>
    public static bool IsOutage(Exception exception) => exception switch
    {
        PostgresException postgres => EndsSession(postgres) || IsOutage(postgres.SqlState),
        // No connection: refused, timed out, pool exhausted, or broken during a statement.
        NpgsqlException => true,
        TimeoutException or SocketException or IOException => true,
        _ => false,
    };

    /// <summary>
    /// Whether the connection ended: closed by the server (idle time-outs, shutdown, crash, failover) or by a device in between. A
    /// statement that only took too long is not such a case, nor is a refused login.
    /// </summary>
    public static bool IsConnectionLost(Exception exception) => exception switch
    {
        PostgresException postgres => IsClass(postgres.SqlState, "08") || IsSessionEnd(postgres.SqlState),
        NpgsqlException { InnerException: { } inner } => inner is IOException or SocketException or ObjectDisposedException,
        _ => false,
    };

    /// <summary>
    /// Whether only the statement failed: it took too long, was cancelled, or met damaged data or another transaction. The connection, its
    /// server and the server's resources are not the cause, so that other statements may succeed.
    /// </summary>
    public static bool ConcernsStatement(Exception exception) => exception switch
    {
        StatementTimeoutException => true,
        PostgresException postgres => !EndsSession(postgres)
            && CauseOf(postgres) is FailureCause.Timeout or FailureCause.Conflict or FailureCause.ReadOnly or FailureCause.Refused,
        _ => false,
    };

    /// <summary>Whether the server became read-only, as after a switchover: its connections cannot be used for writes.</summary>
    public static bool IsReadOnly(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction };

    /// <summary>The failure in one line, without the row values that a server may add as details.</summary>
    public static string Describe(Exception exception) =>
        (exception is PostgresException postgres ? $"{postgres.SqlState}: {postgres.MessageText}" : Text(exception))
            .ReplaceLineEndings(" ");

    /// <summary>The cause for metrics, logs and alerts.</summary>
    public static FailureCause CauseOf(Exception exception) => exception switch
    {
        PostgresException postgres => CauseOf(postgres),
        NpgsqlException { InnerException: TimeoutException } or TimeoutException => FailureCause.Timeout,
        _ => FailureCause.Connection,
    };

    private static FailureCause CauseOf(PostgresException postgres) => postgres.SqlState switch
    {
        PostgresErrorCodes.DiskFull => FailureCause.DiskFull,
        PostgresErrorCodes.ReadOnlySqlTransaction => FailureCause.ReadOnly,
        PostgresErrorCodes.QueryCanceled => FailureCause.Timeout,
        PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable =>
            FailureCause.Conflict,
        var state when IsSessionEnd(state) || IsClass(state, "08") => FailureCause.Connection,
        var state when IsClass(state, "53") => FailureCause.Resources,
        var state when IsClass(state, "58") => FailureCause.IoError,
        _ => FailureCause.Refused,
    };

    private static bool IsOutage(string sqlState) =>
        IsClass(sqlState, "08") // connection exception
        || IsClass(sqlState, "53") // insufficient resources: disk full, out of memory, too many connections
        || IsClass(sqlState, "57") // operator intervention: shutdown, crash, start-up, cancelled
        || IsClass(sqlState, "58") // system error: I/O
        || IsClass(sqlState, "XX") // internal error: damaged data
        || IsSessionEnd(sqlState)
        // The first: no longer the primary. The others: rolled back in favour of another transaction, such as a migration. Nothing was
        // written.
        || sqlState is PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable;

    /// <summary>The untranslated severity, which servers send since PostgreSQL 9.6; some poolers send the translated one only.</summary>
    private static bool EndsSession(PostgresException postgres) => (postgres.InvariantSeverity ?? postgres.Severity) is "FATAL" or "PANIC";

    private static bool IsSessionEnd(string sqlState) => sqlState
        is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
        or PostgresErrorCodes.IdleSessionTimeout or IdleInTransactionSessionTimeout;

    private static bool IsClass(string sqlState, string code) => sqlState.StartsWith(code, StringComparison.Ordinal);

    private static string Text(Exception exception) =>
        exception is NpgsqlException { InnerException: IOException or SocketException }
            ? $"{exception.Message} ({exception.InnerException.Message})"
            : exception.Message;
}
