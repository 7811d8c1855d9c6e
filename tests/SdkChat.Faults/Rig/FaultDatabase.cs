using System.Diagnostics;
using System.Globalization;
using Dapper;
using Npgsql;
using SdkChat.Infrastructure.EmbeddedPostgres;

namespace SdkChat.Faults.Rig;

/// <summary>A durable PostgreSQL that can be crashed and taken away, and that remembers when each transaction was committed.</summary>
internal sealed class FaultDatabase : IAsyncDisposable
{
    private const string Name = "sdkchat";

    private readonly EmbeddedPostgresServer _server;

    private FaultDatabase(EmbeddedPostgresServer server) => _server = server;

    public string ConnectionString => _server.ConnectionString(Name);

    public static async Task<FaultDatabase> StartAsync(string folder)
    {
        var server = await EmbeddedPostgresServer.StartAsync(new EmbeddedPostgresSettings { Folder = folder, MaxConnections = 300 });
        var database = new FaultDatabase(server);
        await database.ExecuteAsync("alter system set track_commit_timestamp = on", "postgres");
        await server.StopAsync();
        await server.StartAsync();
        await database.ExecuteAsync($"create database {Name}", "postgres");
        return database;
    }

    /// <summary>As <c>pg_ctl restart -m immediate</c>: what was not committed is gone, and the log has to be replayed.</summary>
    public async Task CrashAsync()
    {
        var postmaster = await ScalarAsync<int>("select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int");
        using (var kill = Process.Start("kill", ["-QUIT", postmaster.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        await _server.StopAsync();
        await _server.StartAsync();
    }

    public Task StopAsync() => _server.StopAsync();

    public Task StartAsync() => _server.StartAsync();

    public Task ExecuteAsync(string sql, object? parameters = null) => ExecuteAsync(sql, Name, parameters);

    public async Task<T> ScalarAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await OpenAsync(Name);
        return (await connection.ExecuteScalarAsync<T>(sql, parameters))!;
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await OpenAsync(Name);
        return [.. await connection.QueryAsync<T>(sql, parameters)];
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ExecuteAsync(string sql, string database, object? parameters = null)
    {
        await using var connection = await OpenAsync(database);
        await connection.ExecuteAsync(sql, parameters);
    }

    private async Task<NpgsqlConnection> OpenAsync(string database)
    {
        // Its own, so that no pool keeps one that a fault has broken.
        var connection = new NpgsqlConnection(_server.ConnectionString(database) + ";Pooling=false;Application Name=referee;Include Error Detail=true");
        await connection.OpenAsync();
        return connection;
    }
}
