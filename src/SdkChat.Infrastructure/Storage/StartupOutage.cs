using System.Net.Sockets;
using Npgsql;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// Whether a failure at the start means that the database is unavailable or overloaded, so that waiting helps. A refused login is not: a
/// setting must be corrected. While the service runs, <see cref="DatabaseFailure"/> decides.
/// </summary>
internal static class StartupOutage
{
    public static bool IsCauseOf(Exception exception) => exception switch
    {
        PostgresException postgres => IsOutage(postgres.SqlState),
        // No connection: refused, timed out, pool exhausted, or broken during a statement.
        NpgsqlException => true,
        TimeoutException or SocketException => true,
        _ => false,
    };

    private static bool IsOutage(string sqlState) =>
        sqlState.StartsWith("08", StringComparison.Ordinal) // connection exception
        || sqlState.StartsWith("53", StringComparison.Ordinal) // insufficient resources
        || sqlState.StartsWith("58", StringComparison.Ordinal) // system error
        || sqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.ReadOnlySqlTransaction
            // Rolled back in favour of another transaction, such as a migration. Nothing was written, and a retry helps.
            or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable;
}
