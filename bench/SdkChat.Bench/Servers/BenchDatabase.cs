using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SdkChat.Development.EmbeddedPostgres;
using SdkChat.Development.Instance;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Bench.Servers;

/// <summary>A PostgreSQL of the bench's own, as durable as a real one, with this build's schema.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private const string Name = DevelopmentDatabase.Name;

    /// <summary>As large as PostgreSQL's own, since the size of a segment changes what writes cost.</summary>
    private const int WalSegmentMb = 16;

    private readonly EmbeddedPostgresServer _server;
    private readonly string _folder;
    private readonly bool _isKept;

    private BenchDatabase(EmbeddedPostgresServer server, string folder, bool isKept) =>
        (_server, _folder, _isKept) = (server, folder, isKept);

    public string ConnectionString => _server.ConnectionString(Name);

    /// <summary>Its first process, the parent of all others.</summary>
    public async Task<int> ProcessAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var read = new NpgsqlCommand(@"select split_part(pg_read_file('postmaster.pid'), E'\n', 1)::int", connection);
        return (int)(await read.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <param name="keptFolder">
    /// A folder that stays, with the database of an earlier run if it has one; null for one that is deleted.
    /// </param>
    public static async Task<BenchDatabase> StartAsync(CancellationToken cancellationToken, string? keptFolder = null)
    {
        var folder = keptFolder is null
            ? Directory.CreateTempSubdirectory("sdkchat-bench-").FullName
            : Directory.CreateDirectory(keptFolder).FullName;
        // The server's account must be able to get in; what is inside has its own locks.
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute);
        var template = await new ClusterTemplate(
            "bench", EphemeralTemplate.Schema(MigrationScript.All), EphemeralTemplate.PrepareAsync, WalSegmentMb)
            .EnsureAsync(CacheFolder.Make(), cancellationToken);
        var server = await EmbeddedPostgresServer.StartAsync(
            new EmbeddedPostgresSettings { Folder = folder, Template = template }, cancellationToken);
        var database = new BenchDatabase(server, folder, keptFolder is not null);
        // The database of an earlier run may be an earlier build's.
        await new SchemaMigrator(NullLogger<SchemaMigrator>.Instance)
            .MigrateAsync(database.ConnectionString + ";Pooling=false", cancellationToken);
        return database;
    }

    /// <summary>The milliseconds after its flush in which the newest WAL was replayed on the standby; null while none follows.</summary>
    public async Task<double?> LagMsAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var read = new NpgsqlCommand(
            "select (extract(epoch from coalesce(replay_lag, '0')) * 1000)::float8 from pg_stat_replication where state = 'streaming'",
            connection);
        return await read.ExecuteScalarAsync(cancellationToken) as double?;
    }

    /// <summary>
    /// As autovacuum would have left it after a while: what was planned while tables were empty is planned again, by what is in them.
    /// </summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Command Timeout=600");
        await connection.OpenAsync(cancellationToken);
        await using var settle = new NpgsqlCommand("vacuum analyze", connection);
        await settle.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// What <see cref="SetContentsAsync"/> stored in this run or in an earlier one; null for a database that is not filled.
    /// </summary>
    public async Task<string?> ContentsAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var read = new NpgsqlCommand(
            "select coalesce(obj_description('sdk_chat'::regclass, 'pg_class'), case when exists (select from sdk_profile) then 'an "
                + "interrupted run' end)",
            connection);
        return await read.ExecuteScalarAsync(cancellationToken) as string;
    }

    /// <summary>Stores that the database is filled, and with what.</summary>
    /// <param name="contents">Any text without quotation marks.</param>
    public async Task SetContentsAsync(string contents, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var store = new NpgsqlCommand($"comment on table sdk_chat is '{contents}'", connection);
        await store.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _server.DisposeAsync();
        if (!_isKept)
            Directory.Delete(_folder, recursive: true);
    }
}
