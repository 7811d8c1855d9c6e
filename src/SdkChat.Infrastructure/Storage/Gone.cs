using Npgsql;

namespace SdkChat.Infrastructure.Storage;

/// <summary>Detects a write whose parent row was erased just before.</summary>
internal static class Gone
{
    public static bool Explains(PostgresException exception) => exception.SqlState == PostgresErrorCodes.ForeignKeyViolation;
}
