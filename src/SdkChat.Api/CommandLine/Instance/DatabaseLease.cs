using SdkChat.Infrastructure;
using SdkChat.Infrastructure.EmbeddedPostgres;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Api.CommandLine.Instance;

/// <summary>
/// The database that a verb works on: the configured one; in Development also the embedded one, which the verb uses along
/// with a running <c>up</c>, or starts for its own duration.
/// </summary>
internal sealed class DatabaseLease : IAsyncDisposable
{
    private const string DatabaseName = "sdkchat";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly DataFolder? _folder;
    private readonly FileStream? _lock;
    private readonly EmbeddedPostgresServer? _server;

    private DatabaseLease(string connectionString, DataFolder? folder = null, FileStream? @lock = null, EmbeddedPostgresServer? server = null)
    {
        ConnectionString = connectionString;
        (_folder, _lock, _server) = (folder, @lock, server);
    }

    public string ConnectionString { get; }

    /// <summary>Whether the server is ours to start and stop.</summary>
    public bool IsEmbedded => _server is not null;

    /// <summary>The configured database.</summary>
    public static DatabaseLease Configured(IConfiguration configuration)
    {
        var connectionString = configuration.GetConnectionString(DependencyInjection.ConnectionStringName)!;
        return DatabaseCreation.ProblemWith(connectionString) is { } problem
            ? throw new CommandFailedException($"ConnectionStrings__SdkChat is no connection string: {problem}")
            : new DatabaseLease(connectionString);
    }

    /// <summary>
    /// Waits its turn: a verb that is done in a moment has the server to itself; <c>up</c> keeps it, and shares it.
    /// </summary>
    /// <param name="exclusive">Whether the verb must have an embedded server to itself, as <c>up</c> does.</param>
    public static async Task<DatabaseLease> AcquireAsync(
        IConfiguration configuration, IHostEnvironment environment, DataFolder folder, bool exclusive, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrWhiteSpace(configuration.GetConnectionString(DependencyInjection.ConnectionStringName)))
            return Configured(configuration);
        if (environment.IsProduction())
            throw new CommandFailedException("In Production there is no embedded database: set ConnectionStrings__SdkChat.");

        for (var started = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(started) < Patience;)
        {
            if (folder.TryLock() is { } @lock)
                return await StartAsync(folder, @lock, cancellationToken);
            if (folder.Shared() is { } connectionString)
                return exclusive ? throw InUse(folder) : new DatabaseLease(connectionString);
            await Task.Delay(Pause, cancellationToken);
        }

        throw InUse(folder);
    }

    /// <summary>Lets other verbs use the server too, from now until it stops.</summary>
    public void Share() => _folder?.Share(ConnectionString);

    public async ValueTask DisposeAsync()
    {
        if (_server is null)
            return;

        _folder!.Unshare();
        await _server.DisposeAsync();
        await _lock!.DisposeAsync();
    }

    private static async Task<DatabaseLease> StartAsync(DataFolder folder, FileStream @lock, CancellationToken cancellationToken)
    {
        var server = await EmbeddedPostgresServer.StartAsync(new EmbeddedPostgresSettings { Folder = folder.Path }, cancellationToken);
        await DatabaseCreation.EnsureAsync(server.ConnectionString("postgres"), DatabaseName, cancellationToken);
        return new DatabaseLease(server.ConnectionString(DatabaseName), folder, @lock, server);
    }

    private static CommandFailedException InUse(DataFolder folder) =>
        new($"{folder.Path} is in use by another sdkchat: stop that one, or choose another folder with --data.");
}
