using Dapper;
using Npgsql;

namespace SdkChat.Infrastructure.Storage;

/// <summary>What comes before a connection: a string that names a database, and the database.</summary>
public static class DatabaseCreation
{
    /// <summary>Why this is no connection string; null when it is one. Says nothing of its values.</summary>
    public static string? ProblemWith(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString).Host is { Length: > 0 } ? null : "it names no Host.";
        }
        catch (ArgumentException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>The role that a connection string names; null where it leaves that to the machine.</summary>
    public static string? UserOf(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString).Username;

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
