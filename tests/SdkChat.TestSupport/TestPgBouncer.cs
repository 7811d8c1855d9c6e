using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace SdkChat.TestSupport;

/// <summary>A real PgBouncer on a free port of 127.0.0.1, in front of one database, configured as it is shipped but for the mode.</summary>
public sealed class TestPgBouncer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly FrozenProxy _server;
    private readonly string _folder;

    private TestPgBouncer(Process process, FrozenProxy server, string folder, string connectionString) =>
        (_process, _server, _folder, ConnectionString) = (process, server, folder, connectionString);

    /// <summary>Whether this machine has one. <c>./sdkchat test</c> installs it.</summary>
    public static bool IsInstalled => Programs.Find("pgbouncer") is not null;

    /// <summary>The database, through the pooler.</summary>
    public string ConnectionString { get; }

    /// <param name="connectionString">The database as it is reached without; clients are the same role, with any password.</param>
    /// <param name="mode"><c>session</c> or <c>transaction</c>.</param>
    public static async Task<TestPgBouncer> StartAsync(string connectionString, string mode, string more = "")
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString);
        // Nobody else may open the folder of the server's socket.
        var server = new FrozenProxy(target.Host!, target.Port);
        var port = Programs.FreePort();
        var folder = Directory.CreateTempSubdirectory("sdkchat-pgbouncer-").FullName;
        var file = Path.Combine(folder, "pgbouncer.ini");
        await File.WriteAllTextAsync(
            file,
            $"""
            [databases]
            {target.Database} = host=127.0.0.1 port={server.Port.ToString(CultureInfo.InvariantCulture)} user='{target.Username}' password='{target.Password}'
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port.ToString(CultureInfo.InvariantCulture)}
            unix_socket_dir =
            auth_type = any
            pool_mode = {mode}
            {more}
            """);
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        string[] account = Environment.UserName == "root" ? ["-u", "nobody"] : [];
        var process = Process.Start(
            new ProcessStartInfo(Programs.Find("pgbouncer")!, ["-q", .. account, file]) { RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        await Eventually.TrueAsync(() => ListensAsync(port));
        var through = new NpgsqlConnectionStringBuilder(connectionString) { Host = "127.0.0.1", Port = port, Pooling = true };
        return new TestPgBouncer(process, server, folder, through.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<bool> ListensAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
