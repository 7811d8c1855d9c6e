using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SdkChat.Development.EmbeddedPostgres;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Bench.Servers;

/// <summary>A PostgreSQL of the bench's own, as durable as a real one, with this build's schema.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private const string Name = "sdkchat";

    private readonly EmbeddedPostgresServer _server;
    private readonly string _folder;

    private BenchDatabase(EmbeddedPostgresServer server, string folder) => (_server, _folder) = (server, folder);

    public string ConnectionString => _server.ConnectionString(Name);

    /// <summary>Its first process, the parent of all others.</summary>
    public async Task<int> ProcessAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var read = new NpgsqlCommand(@"select split_part(pg_read_file('postmaster.pid'), E'\n', 1)::int", connection);
        return (int)(await read.ExecuteScalarAsync(cancellationToken))!;
    }

    public static async Task<BenchDatabase> StartAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("sdkchat-bench-").FullName;
        // The server's account must be able to get in; what is inside has its own locks.
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute);
        var server = await EmbeddedPostgresServer.StartAsync(new EmbeddedPostgresSettings { Folder = folder }, cancellationToken);
        var database = new BenchDatabase(server, folder);
        await using (var connection = new NpgsqlConnection(server.ConnectionString("postgres")))
        {
            await connection.OpenAsync(cancellationToken);
            await using var create = new NpgsqlCommand($"create database {Name}", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }

        await new SchemaMigrator(NullLogger<SchemaMigrator>.Instance).MigrateAsync(database.ConnectionString + ";Pooling=false", cancellationToken);
        return database;
    }

    /// <summary>As autovacuum would have left it after a while: what was planned while tables were empty is planned anew, by what is in them.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Command Timeout=600");
        await connection.OpenAsync(cancellationToken);
        await using var settle = new NpgsqlCommand("vacuum analyze", connection);
        await settle.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
