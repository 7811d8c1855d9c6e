using Dapper;
using Npgsql;

namespace SdkChat.Infrastructure.Storage;

/// <summary>Makes a database on a server of ours.</summary>
public static class DatabaseCreation
{
    /// <param name="maintenance">A connection string for a database that is there.</param>
    /// <param name="name">A plain identifier.</param>
    public static async Task EnsureAsync(string maintenance, string name, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(maintenance);
        var exists = await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            SchemaSql.DatabaseExists, new { name }, cancellationToken: cancellationToken));
        if (!exists)
            await connection.ExecuteAsync(new CommandDefinition($"create database \"{name}\"", cancellationToken: cancellationToken));
    }
}
