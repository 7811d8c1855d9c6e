using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using SdkChat.Development.Files;

namespace SdkChat.Development.EmbeddedPostgres;

/// <summary>
/// A private PostgreSQL server from the machine's own binaries: Unix socket only, password-protected, never as root. It ends with this
/// process, however that ends (docs/decisions/0004). The caller must hold the lock on the data folder.
/// </summary>
public sealed class EmbeddedPostgresServer : IAsyncDisposable
{
    /// <summary>In the data folder.</summary>
    internal const string PasswordFile = "postgres-password";

    private const string Superuser = "sdkchat";
    private const string LogFile = "server.log";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly EmbeddedPostgresSettings _settings;
    private readonly string _password;
    private readonly Cluster _cluster;
    private readonly ServerLog _log;
    private readonly SocketFolder _socket;
    private ServerProcess? _process;

    private EmbeddedPostgresServer(EmbeddedPostgresSettings settings)
    {
        _settings = settings;
        Directory.CreateDirectory(settings.Folder);
        var home = ClusterHome.Prepare(settings.Folder);
        _cluster = new Cluster(ClusterHome.ClusterOf(home));
        _log = new ServerLog(Path.Combine(home, LogFile), settings.Folder);
        _socket = new SocketFolder(home);
        _password = PrivateFile.ReadOrMake(
            Path.Combine(settings.Folder, PasswordFile),
            () => settings.Template is { } template
                ? File.ReadAllText(Path.Combine(template, PasswordFile))
                : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));
    }

    /// <summary>Creates or copies the cluster if there is none, stops the server of an earlier run, and starts.</summary>
    /// <exception cref="EmbeddedPostgresException">The server cannot run; the message says what to do.</exception>
    public static async Task<EmbeddedPostgresServer> StartAsync(
        EmbeddedPostgresSettings settings, CancellationToken cancellationToken = default)
    {
        try
        {
            var server = new EmbeddedPostgresServer(settings);
            if (settings.Template is { } template)
                server._cluster.CopyUnlessThere(ClusterHome.ClusterIn(template));
            else
                server._cluster.MakeUnlessThere(Superuser, server._password, settings.Durable);
            await server.StartAsync(cancellationToken);
            return server;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedPostgresException(
                $"{settings.Folder} cannot be used ({exception.Message.TrimEnd('.')}): choose another folder with --data.", exception);
        }
    }

    /// <summary>A connection string for one of the server's databases, as its owner.</summary>
    public string ConnectionString(string database) => new NpgsqlConnectionStringBuilder
    {
        Host = _socket.Path,
        Username = Superuser,
        Password = _password,
        Database = database,
    }.ConnectionString;

    /// <summary>Starts the server again after <see cref="StopAsync"/>.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await LeftOver.EndAsync(_cluster.Folder, cancellationToken);
        _socket.Make();
        _log.Begin();
        _process = ServerProcess.Start(_log.File, ServerCommand());
        try
        {
            await WaitUntilReadyAsync(_process, cancellationToken);
        }
        catch
        {
            await StopAsync();
            throw;
        }
    }

    /// <summary>Stops the server, with a clean shutdown if that takes less than a second.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _process, null) is not { } process)
            return;

        await process.StopAsync();
        _socket.Remove();
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    /// <summary>The log of the server on a data folder, for a process that did not start it.</summary>
    internal static ServerLog LogOf(string folder) => new(Path.Combine(ClusterHome.Of(folder), LogFile), folder);

    /// <summary>Waits until a running server ends, whether it was stopped or not.</summary>
    internal Task WaitForEndAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref _process)?.WaitForEndAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>Why the server ended, and what to do; without a full stop.</summary>
    internal string ExplainEnd() => _log.Explain();

    private string[] ServerCommand()
    {
        string[] durability = _settings.Durable
            ? []
            : ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"];
        return
        [
            Path.Combine(ServerBinaries.Find(_cluster.Version), "postgres"), "-D", _cluster.Folder,
            // The environment's PGPORT must not affect the name of the socket.
            "-c", "port=5432", "-c", "listen_addresses=", "-c", $"unix_socket_directories={_socket.Path}", "-c",
            "unix_socket_permissions=0700",
            "-c", "logging_collector=off", "-c", "log_destination=stderr",
            "-c", string.Create(CultureInfo.InvariantCulture, $"max_connections={_settings.MaxConnections}"),
            "-c", "shared_buffers=256MB", "-c", "max_wal_size=2GB", .. durability,
        ];
    }

    private async Task WaitUntilReadyAsync(ServerProcess process, CancellationToken cancellationToken)
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
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InvalidPassword)
            {
                throw new EmbeddedPostgresException(
                    $"{Path.Combine(_settings.Folder, PasswordFile)} is not the cluster's password: choose another folder with --data.",
                    exception);
            }
            catch (NpgsqlException exception)
            {
                if (process.HasEnded || TimeProvider.System.GetElapsedTime(started) > StartLimit)
                    throw new EmbeddedPostgresException($"The embedded PostgreSQL does not start: {_log.Explain()}.", exception);
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }
}
