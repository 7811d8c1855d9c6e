using System.Net.Sockets;
using Npgsql;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// Which failures at the start mean that the database is away or overloaded, so that waiting for it helps: a login that is refused is
/// a setting to be corrected. While the service runs <see cref="DatabaseFailure"/> decides.
/// </summary>
internal static class Unavailability
{
    public static bool Explains(Exception exception) => exception switch
    {
        PostgresException postgres => IsOutage(postgres.SqlState),
        // No connection to be had: refused, timed out, pool exhausted, or broken in the middle of a statement.
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
            // Chosen to give way to somebody else, such as a migration: nothing was written, and asking again helps.
            or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable;
}
