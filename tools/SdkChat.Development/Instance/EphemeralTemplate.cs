using System.Data;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Development.EmbeddedPostgres;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Development.Instance;

/// <summary>
/// The template of ephemeral instances: a cluster with an empty database of this build's schema. Instances of one user share its password,
/// which only that user can read, as all files of its instances; their servers listen on sockets alone.
/// </summary>
internal static class EphemeralTemplate
{
    private const string Name = "ephemeral";

    /// <returns>The template's folder; null if there is none, and the instance must create a cluster.</returns>
    /// <param name="warn">Takes the reason for null.</param>
    public static async Task<string?> EnsureAsync(Action<string> warn, CancellationToken cancellationToken)
    {
        try
        {
            return await new ClusterTemplate(Name, Schema(MigrationScript.All), PrepareAsync)
                .EnsureAsync(CacheFolder.Make(), cancellationToken);
        }
        catch (Exception exception)
            when (exception is EmbeddedPostgresException or SchemaException or UnavailableException or NpgsqlException)
        {
            // If the reason is not the cache, the instance itself fails with it.
            warn(
                "Every start takes a second longer, since no template can be kept in the cache: "
                + $"{(exception as UnavailableException)?.Reason ?? exception.Message}");
            return null;
        }
    }

    /// <summary>
    /// Makes the database of a copy a different one from the template's, for nodes and relays that compare databases by their epoch.
    /// </summary>
    public static async Task RenewAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.ExecuteAsync(new CommandDefinition(EphemeralSql.RenewEpoch, cancellationToken: cancellationToken));
    }

    /// <summary>Another text for each change of a script, of its name, and of their order.</summary>
    internal static string Schema(IEnumerable<MigrationScript> scripts)
    {
        var text = string.Concat(scripts.Select(script => $"{script.Name}\0{script.Text}\0"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Creates the database with the schema.</summary>
    internal static async Task PrepareAsync(EmbeddedPostgresServer server, CancellationToken cancellationToken)
    {
        var database = server.ConnectionString(DevelopmentDatabase.Name) + ";Pooling=false";
        await DatabaseCreation.EnsureAsync(
            server.ConnectionString("postgres") + ";Pooling=false", DevelopmentDatabase.Name, cancellationToken);
        await new SchemaMigrator(NullLogger<SchemaMigrator>.Instance).MigrateAsync(database, cancellationToken);
        // Most of the work of the shutdown, which has little time.
        await using var connection = new NpgsqlConnection(database);
        await connection.ExecuteAsync(new CommandDefinition(
            EphemeralSql.Checkpoint, commandType: CommandType.Text, cancellationToken: cancellationToken));
    }
}
