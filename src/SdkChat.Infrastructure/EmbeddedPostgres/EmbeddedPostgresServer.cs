using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace SdkChat.Infrastructure.EmbeddedPostgres;

/// <summary>
/// A private PostgreSQL from the machine's own binaries: Unix socket only, password-protected, never root, and gone with
/// this process, however it ends (docs/decisions/0004).
/// </summary>
public sealed class EmbeddedPostgresServer : IAsyncDisposable
{
    /// <summary>The kernel's limit for a socket's path, in bytes, and the name that PostgreSQL appends.</summary>
    private const int MaxSocketPath = 107;
    private const string SocketName = "/.s.PGSQL.5432";
    private const string Superuser = "sdkchat";

    /// <summary>
    /// Runs the server ("$@", after the log file) and stops it when standard input ends, which it does when we close it or die: orderly, and
    /// after a second at once (its log brings everything back at the next start).
    /// </summary>
    private const string Keeper =
        """
        log=$1; shift
        exec 3<&0
        "$@" </dev/null 3<&- >>"$log" 2>&1 &
        server=$!
        (read -r _ <&3; kill -INT $server; sleep 1; kill -QUIT $server) 2>/dev/null &
        exec 3<&-
        wait $server
        """;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly EmbeddedPostgresSettings _settings;
    private readonly string _password;
    private readonly string _home;
    private readonly string _socketFolder;
    private Process? _keeper;

    private EmbeddedPostgresServer(EmbeddedPostgresSettings settings)
    {
        _settings = settings;
        Directory.CreateDirectory(settings.Folder);
        _home = ClusterHome.Prepare(settings.Folder);
        _socketFolder = SocketFolder(_home);
        _password = Password(Path.Combine(settings.Folder, "postgres-password"));
    }

    private string Cluster => Path.Combine(_home, "cluster");

    private string LogFile => Path.Combine(_home, "server.log");

    /// <summary>Makes the cluster if there is none, ends what an earlier run may have left, and starts.</summary>
    /// <exception cref="EmbeddedPostgresException">It cannot run here; the message says what to do.</exception>
    public static async Task<EmbeddedPostgresServer> StartAsync(EmbeddedPostgresSettings settings, CancellationToken cancellationToken = default)
    {
        var server = new EmbeddedPostgresServer(settings);
        server.MakeCluster();
        await server.StartAsync(cancellationToken);
        return server;
    }

    /// <summary>A connection string for one of its databases, as its owner.</summary>
    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = _socketFolder,
        Username = Superuser,
        Password = _password,
        Database = database,
    }.ConnectionString;

    /// <summary>Starts it again after <see cref="StopAsync"/>.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await LeftOver.EndAsync(Path.Combine(Cluster, "postmaster.pid"), cancellationToken);
        _keeper = Process.Start(new ProcessStartInfo("setsid", ["sh", "-c", Keeper, "sdkchat-postgres", LogFile, .. ServerAccount.Command(ServerCommand())])
        {
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        });
        await WaitUntilReadyAsync(cancellationToken);
    }

    /// <summary>Stops it, orderly if that takes no longer than a second.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _keeper, null) is not { } keeper)
            return;

        keeper.StandardInput.Close();
        await keeper.WaitForExitAsync();
        keeper.Dispose();
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private string[] ServerCommand()
    {
        string[] durability = _settings.Durable
            ? []
            : ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"];
        return
        [
            Path.Combine(ServerBinaries.Find(), "postgres"), "-D", Cluster,
            "-c", "listen_addresses=", "-c", $"unix_socket_directories={_socketFolder}", "-c", "unix_socket_permissions=0700",
            "-c", "logging_collector=off", "-c", "log_destination=stderr",
            "-c", string.Create(CultureInfo.InvariantCulture, $"max_connections={_settings.MaxConnections}"),
            "-c", "shared_buffers=256MB", "-c", "max_wal_size=2GB", .. durability,
        ];
    }

    private void MakeCluster()
    {
        if (Directory.Exists(Cluster))
            return;

        // Made beside its place and moved there when it is whole: a run killed half-way leaves nothing that looks like one.
        var draft = Cluster + ".new";
        if (Directory.Exists(draft))
            Directory.Delete(draft, recursive: true);
        var passwordFile = Path.Combine(_home, "password.new");
        PrivateFile.Write(passwordFile, _password);
        ServerAccount.Own(passwordFile);
        try
        {
            ServerAccount.Run(ServerAccount.Command(
                Path.Combine(ServerBinaries.Find(), "initdb"), "-D", draft, "-U", Superuser, $"--pwfile={passwordFile}",
                "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"));
        }
        finally
        {
            File.Delete(passwordFile);
        }

        Directory.Move(draft, Cluster);
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
                await connection.OpenAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException exception)
            {
                if (_keeper!.HasExited || TimeProvider.System.GetElapsedTime(started) > StartLimit)
                    throw new EmbeddedPostgresException($"The embedded PostgreSQL does not start: see {LogFile}.", exception);
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static string SocketFolder(string home)
    {
        if (Encoding.UTF8.GetByteCount(home + SocketName) <= MaxSocketPath)
            return home;

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(home)))[..16];
        var folder = Path.Combine(Path.GetTempPath(), $"sdkchat-{hash}");
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        ServerAccount.Own(folder);
        return folder;
    }

    private static string Password(string file)
    {
        if (!File.Exists(file))
            PrivateFile.Write(file, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));
        return File.ReadAllText(file);
    }
}
