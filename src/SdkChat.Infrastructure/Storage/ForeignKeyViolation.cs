using Npgsql;

namespace SdkChat.Infrastructure.Storage;

/// <summary>Detects a write whose parent row was erased just before.</summary>
internal static class ForeignKeyViolation
{
    public static bool IsCauseOf(PostgresException exception) => exception.SqlState == PostgresErrorCodes.ForeignKeyViolation;
}
