using SdkChat.Infrastructure;
using SdkChat.Infrastructure.EmbeddedPostgres;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Api.CommandLine.Instance;

/// <summary>
/// The database that a verb works on: the configured one; in Development also the embedded one, which the verb shares
/// with a running <c>up</c>, or starts for its own duration.
/// </summary>
internal sealed class DatabaseLease : IAsyncDisposable
{
    private const string DatabaseName = "sdkchat";

    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(30);
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
    public static DatabaseLease Configured(IConfiguration configuration) =>
        new(configuration.GetConnectionString(DependencyInjection.ConnectionStringName)!);

    /// <param name="exclusive">Whether the verb must have an embedded server to itself, as <c>up</c> does.</param>
    public static async Task<DatabaseLease> AcquireAsync(
        IConfiguration configuration, IHostEnvironment environment, DataFolder folder, bool exclusive, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrWhiteSpace(configuration.GetConnectionString(DependencyInjection.ConnectionStringName)))
            return Configured(configuration);
        if (environment.IsProduction())
            throw new CommandFailedException("In Production there is no embedded database: set ConnectionStrings__SdkChat.");
        if (folder.TryLock() is { } @lock)
            return await StartAsync(folder, @lock, cancellationToken);
        if (exclusive)
            throw new CommandFailedException($"{folder.Path} is in use by another sdkchat: stop that one, or choose another folder with --data.");
        return await AttachAsync(folder, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is null)
            return;

        _folder!.Unpublish();
        await _server.DisposeAsync();
        await _lock!.DisposeAsync();
    }

    private static async Task<DatabaseLease> StartAsync(DataFolder folder, FileStream @lock, CancellationToken cancellationToken)
    {
        var server = await EmbeddedPostgresServer.StartAsync(new EmbeddedPostgresSettings { Folder = folder.Path }, cancellationToken);
        await DatabaseCreation.EnsureAsync(server.ConnectionString("postgres"), DatabaseName, cancellationToken);
        var connectionString = server.ConnectionString(DatabaseName);
        folder.Publish(connectionString);
        return new DatabaseLease(connectionString, folder, @lock, server);
    }

    private static async Task<DatabaseLease> AttachAsync(DataFolder folder, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < StartPatience)
        {
            if (folder.Published() is { } connectionString)
                return new DatabaseLease(connectionString);
            await Task.Delay(Pause, cancellationToken);
        }

        throw new CommandFailedException($"Another sdkchat has {folder.Path}, but its database does not come up.");
    }
}
