using System.Diagnostics;
using System.Globalization;
using Dapper;
using Npgsql;
using SdkChat.Development.EmbeddedPostgres;

namespace SdkChat.Faults.Rig;

/// <summary>A durable PostgreSQL that can be crashed and taken away, and that remembers when each transaction was committed.</summary>
internal sealed class FaultDatabase : IAsyncDisposable
{
    public const string Name = "sdkchat";

    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private EmbeddedPostgresServer _server;
    private EmbeddedPostgresServer? _standby;

    private FaultDatabase(EmbeddedPostgresServer server) => _server = server;

    /// <summary>Of the server that takes writes, without anything in between.</summary>
    public string ConnectionString => _server.ConnectionString(Name);

    /// <summary>Where its socket is.</summary>
    public string SocketFolder => new NpgsqlConnectionStringBuilder(ConnectionString).Host!;

    /// <summary>For nodes: with the standby, where there is one.</summary>
    public string NodeConnectionString => _standby is null
        ? ConnectionString
        : $"{ConnectionString};Host={SocketFolder},{new NpgsqlConnectionStringBuilder(_standby.ConnectionString(Name)).Host};Target "
            + "Session Attributes=primary;Host Recheck Seconds=1";

    /// <param name="tablespace">
    /// A folder of the server's account, for the database to lie in; null for where the server's files are.
    /// </param>
    public static async Task<FaultDatabase> StartAsync(string folder, string? tablespace = null)
    {
        var server = await EmbeddedPostgresServer.StartAsync(new EmbeddedPostgresSettings { Folder = folder, MaxConnections = 300 });
        var database = new FaultDatabase(server);
        await database.ExecuteAsync("alter system set track_commit_timestamp = on", "postgres");
        await server.StopAsync();
        await server.StartAsync();
        if (tablespace is not null)
            await database.ExecuteAsync($"create tablespace small location '{tablespace}'", "postgres");
        await database.ExecuteAsync($"create database {Name} tablespace {(tablespace is null ? "pg_default" : "small")}", "postgres");
        return database;
    }

    /// <summary>A standby, on which each commit waits, so that none is lost with the primary.</summary>
    public async Task AddStandbyAsync(string folder)
    {
        StandbyFolder.Make(folder, new NpgsqlConnectionStringBuilder(ConnectionString));
        _standby = await EmbeddedPostgresServer.StartAsync(new EmbeddedPostgresSettings { Folder = folder, MaxConnections = 300 });
        await ExecuteAsync("alter system set synchronous_standby_names = '*'");
        await ExecuteAsync("select pg_reload_conf()");
        await UntilAsync(() => ScalarAsync<bool>("select exists (select from pg_stat_replication where sync_state = 'sync')"));
    }

    /// <summary>The primary dies, and after a while the standby takes its place.</summary>
    public async Task FailOverAsync(TimeSpan leaderless)
    {
        await KillAsync();
        await _server.StopAsync();
        await Task.Delay(leaderless);
        (_server, _standby) = (_standby!, null);
        await ExecuteAsync("select pg_promote()");
        await UntilAsync(async () => !await ScalarAsync<bool>("select pg_is_in_recovery()"));
    }

    /// <summary>As <c>pg_ctl restart -m immediate</c>: what was not committed is gone, and the log has to be replayed.</summary>
    public async Task CrashAsync()
    {
        await KillAsync();
        await _server.StopAsync();
        await _server.StartAsync();
    }

    public Task StopAsync() => _server.StopAsync();

    public Task StartAsync() => _server.StartAsync();

    /// <summary>One statement. What meets the load's locks is tried again.</summary>
    public Task ExecuteAsync(string sql, object? parameters = null) => ExecuteAsync(sql, Name, parameters);

    /// <summary>
    /// Changes tables that are being written to. It takes all locks at the beginning, in the order in which the service does, and gives up
    /// soon: whoever waits behind it waits as long.
    /// </summary>
    public Task ChangeAsync(IReadOnlyList<string> tables, string sql) => LockConflicts.RetryAsync(async () =>
    {
        await using var connection = await OpenAsync(Name);
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("set local lock_timeout = '1s'");
        foreach (var table in tables)
            await connection.ExecuteAsync($"lock table {table} in share row exclusive mode");
        await connection.ExecuteAsync(sql);
        await transaction.CommitAsync();
    });

    public async Task<T> ScalarAsync<T>(string sql, object? parameters = null)
    {
        var value = default(T);
        await LockConflicts.RetryAsync(async () =>
        {
            await using var connection = await OpenAsync(Name);
            value = await connection.ExecuteScalarAsync<T>(sql, parameters);
        });
        return value!;
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        IReadOnlyList<T> rows = [];
        await LockConflicts.RetryAsync(async () =>
        {
            await using var connection = await OpenAsync(Name);
            rows = [.. await connection.QueryAsync<T>(sql, parameters)];
        });
        return rows;
    }

    /// <summary>A connection of its own, so that no pool keeps one that a fault has broken.</summary>
    public Task<NpgsqlConnection> OpenAsync() => OpenAsync(Name);

    public async ValueTask DisposeAsync()
    {
        if (_standby is not null)
            await _standby.DisposeAsync();
        await _server.DisposeAsync();
    }

    private Task ExecuteAsync(string sql, string database, object? parameters = null) => LockConflicts.RetryAsync(async () =>
    {
        await using var connection = await OpenAsync(database);
        await connection.ExecuteAsync(sql, parameters);
    });

    private async Task KillAsync()
    {
        var postmaster = await ScalarAsync<int>("select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int");
        using var kill = Process.Start("kill", ["-QUIT", postmaster.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var started = Stopwatch.GetTimestamp(); !await condition(); await Task.Delay(Pause))
        {
            if (Stopwatch.GetElapsedTime(started) > WaitLimit)
                throw new InvalidOperationException("The database does not come to what the fault needs.");
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(string database)
    {
        var connection = new NpgsqlConnection(
            _server.ConnectionString(database) + ";Pooling=false;Application Name=referee;Include Error Detail=true");
        await connection.OpenAsync();
        return connection;
    }
}
