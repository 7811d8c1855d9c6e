using Dapper;
using Npgsql;

namespace SdkChat.Infrastructure.Storage;

/// <summary>Checks a connection string, and creates the database that it names.</summary>
public static class DatabaseCreation
{
    /// <summary>Why the text is not a valid connection string; null if it is. Contains none of its values.</summary>
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

    /// <summary>The role in a connection string; null if it names none.</summary>
    public static string? UserOf(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString).Username;

    /// <param name="maintenance">A connection string for an existing database.</param>
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
