using System.Diagnostics;
using System.Net.Sockets;
using Npgsql;
using SdkChat.Development.EmbeddedPostgres;
using SdkChat.TestSupport;

namespace SdkChat.Faults.Rig;

/// <summary>PgBouncer between the nodes and the database.</summary>
internal sealed class Pooler : IAsyncDisposable
{
    private readonly string _file;
    private readonly int _port = Programs.FreePort();
    private Process? _process;

    private Pooler(string file) => _file = file;

    public string ConnectionString => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = _port,
        Database = FaultDatabase.Name,
        Username = "sdkchat",
        Password = "any",
    }.ConnectionString;

    /// <param name="mode"><c>session</c>, or <c>transaction</c>, which the service refuses.</param>
    public static async Task<Pooler> StartAsync(string folder, FaultDatabase database, string mode = "session")
    {
        var pooler = new Pooler(Path.Combine(folder, $"pgbouncer-{mode}.ini"));
        var server = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await File.WriteAllTextAsync(
            pooler._file,
            $"""
            [databases]
            {FaultDatabase.Name} = host={server.Host} port=5432 user={server.Username} password={server.Password}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {pooler._port}
            unix_socket_dir =
            auth_type = any
            pool_mode = {mode}
            max_client_conn = 500
            default_pool_size = 250
            ignore_startup_parameters = extra_float_digits,options

            """);
        await pooler.StartAsync();
        return pooler;
    }

    public async Task StartAsync()
    {
        string[] command = ServerAccount.Command("sh", "-c", "exec pgbouncer -q \"$1\" 2>/dev/null", "sh", _file);
        _process = Process.Start(command[0], command[1..]);
        await Eventually.TrueAsync(IsUpAsync);
    }

    public async Task KillAsync()
    {
        Signals.Send(_process!, Signals.Kill);
        await _process!.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await KillAsync();
    }

    private async Task<bool> IsUpAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", _port);
            return true;
        }
        catch (SocketException)
        {
            return _process!.HasExited ? throw new InvalidOperationException($"pgbouncer does not start with {_file}.") : false;
        }
    }
}
