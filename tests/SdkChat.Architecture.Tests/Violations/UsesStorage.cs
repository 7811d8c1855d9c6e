using Npgsql;

namespace SdkChat.Architecture.Tests.Violations;

internal sealed class UsesStorage
{
    public NpgsqlConnection? Connection { get; init; }
}
