using Npgsql;

namespace SdkChat.Infrastructure.Storage;

/// <summary>What a write meets when the row that it hangs on was erased a moment before.</summary>
internal static class Gone
{
    public static bool Explains(PostgresException exception) => exception.SqlState == PostgresErrorCodes.ForeignKeyViolation;
}
