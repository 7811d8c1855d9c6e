using Npgsql;
using SdkChat.Development.EmbeddedPostgres;

namespace SdkChat.Bench.Servers;

/// <summary>A streaming standby of the bench's database, as the service may read history from.</summary>
internal sealed class BenchStandby : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly EmbeddedPostgresServer _server;
    private readonly string _folder;
    private readonly string _database;

    private BenchStandby(EmbeddedPostgresServer server, string folder, string database) =>
        (_server, _folder, _database) = (server, folder, database);

    public string ConnectionString => _server.ConnectionString(_database);

    /// <summary>Copies the database, and waits until the copy follows it.</summary>
    public static async Task<BenchStandby> StartAsync(BenchDatabase database, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("sdkchat-bench-standby-").FullName;
        var primary = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        StandbyFolder.Make(folder, primary);
        var server = await EmbeddedPostgresServer.StartAsync(new EmbeddedPostgresSettings { Folder = folder }, cancellationToken);
        var standby = new BenchStandby(server, folder, primary.Database!);
        try
        {
            // As docs/operations/capacity.md advises: the replay then cancels fewer reads.
            await ExecuteAsync(standby.ConnectionString, "alter system set hot_standby_feedback = on", cancellationToken);
            await ExecuteAsync(standby.ConnectionString, "select pg_reload_conf()", cancellationToken);
            while (await database.LagMsAsync(cancellationToken) is null)
                await Task.Delay(Pause, cancellationToken);
            return standby;
        }
        catch
        {
            await standby.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task ExecuteAsync(string connectionString, string statement, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
