using System.Data;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Development.EmbeddedPostgres;
using SdkChat.Development.Instance;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.TestSupport;

/// <summary>
/// The cluster of which servers of tests are copies (docs/decisions/0051): it has a database with the schema of this build, and the role of
/// the service. It is made once for each schema, in the user's cache, where the next run finds it.
/// </summary>
public static class TestCluster
{
    internal const string ServiceRole = "service of the tests";
    internal const string ServicePassword = "not-a-secret";

    /// <summary>The database with the schema, which others are copies of.</summary>
    public const string Database = "template_sdkchat";

    private const string Name = "tests";

    private static readonly Lazy<Task<string?>> Made = new(MakeAsync);

    /// <summary>Its folder; null where the cache cannot keep one, and each server has to prepare its own.</summary>
    public static Task<string?> FolderAsync() => Made.Value;

    /// <summary>What a copy has from the beginning.</summary>
    internal static async Task PrepareAsync(EmbeddedPostgresServer server, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString("postgres") + ";Pooling=false");
        await connection.ExecuteAsync($"create database {Database}");
        await connection.ExecuteAsync($"create role \"{ServiceRole}\" login password '{ServicePassword}'");
        await new SchemaMigrator(NullLogger<SchemaMigrator>.Instance).MigrateAsync(
            server.ConnectionString(Database) + ";Pooling=false", ServiceRole, cancellationToken);
        await connection.ExecuteAsync(EphemeralSql.Checkpoint, commandType: CommandType.Text);
    }

    private static async Task<string?> MakeAsync()
    {
        try
        {
            // The privileges are given by the migrator's own code: no script changes with them.
            var contents = $"{EphemeralTemplate.Schema(MigrationScript.All)} {ServiceRoleSql.Grants("public", ServiceRole)}";
            return await new ClusterTemplate(Name, contents, PrepareAsync).EnsureAsync(CacheFolder.Make(), default);
        }
        catch (Exception exception) when (exception is EmbeddedPostgresException or UnavailableException)
        {
            // A test of the cache or of the server names the reason; the others only take longer.
            await TestContext.Progress.WriteLineAsync($"Each server of the tests prepares its own cluster: {exception.Message}");
            return null;
        }
    }
}
