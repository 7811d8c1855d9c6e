using SdkChat.Api.CommandLine.Errors;
using SdkChat.Api.CommandLine.Instance;
using SdkChat.Development.EmbeddedPostgres;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Development.Instance;

/// <summary>The embedded database of a data folder: started by this process, or by a running <c>up</c> that shares it.</summary>
internal sealed class DevelopmentDatabase : OpenedDatabase
{
    public const string Name = "sdkchat";

    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly DataFolder _folder;
    private readonly FileStream _lock;
    private readonly EmbeddedPostgresServer _server;
    private ServerWatch? _watch;

    private DevelopmentDatabase(DataFolder folder, FileStream @lock, EmbeddedPostgresServer server) : base(server.ConnectionString(Name)) =>
        (_folder, _lock, _server) = (folder, @lock, server);

    public override bool IsEmbedded => true;

    /// <summary>
    /// Uses the server of a running <c>up</c>, or starts one. A short command holds the folder's lock meanwhile; others wait.
    /// </summary>
    /// <param name="exclusive">Whether the caller must own the server, as <c>up</c> does.</param>
    /// <param name="isDurable">Whether a commit survives the machine's crash.</param>
    /// <param name="template">The folder of a cluster whose copy a new folder gets, with the database in it; null to create both.</param>
    /// <exception cref="CommandFailedException">Another process uses the folder, or the server cannot run here.</exception>
    public static async Task<OpenedDatabase> OpenAsync(
        DataFolder folder, bool exclusive, CancellationToken cancellationToken, bool isDurable = true, string? template = null)
    {
        for (var started = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(started) < WaitLimit;)
        {
            if (folder.TryLock() is { } @lock)
                return await StartAsync(folder, @lock, isDurable, template, cancellationToken);
            if (folder.Shared() is { } connectionString)
                return exclusive ? throw InUse(folder) : new OpenedDatabase(connectionString);
            await Task.Delay(Pause, cancellationToken);
        }

        throw InUse(folder);
    }

    /// <summary>
    /// Lets other commands use the server too, and starts it again if it ends by itself, until this object is disposed of.
    /// </summary>
    public void Share()
    {
        _folder.Share(ConnectionString);
        _watch = new ServerWatch(_server, Console.Error, TimeProvider.System);
    }

    public override async ValueTask DisposeAsync()
    {
        _folder.Unshare();
        if (_watch is not null)
            await _watch.DisposeAsync();
        await _server.DisposeAsync();
        await _lock.DisposeAsync();
        await base.DisposeAsync();
    }

    private static async Task<OpenedDatabase> StartAsync(
        DataFolder folder, FileStream @lock, bool isDurable, string? template, CancellationToken cancellationToken)
    {
        try
        {
            var settings = new EmbeddedPostgresSettings { Folder = folder.Path, Durable = isDurable, Template = template };
            var server = await EmbeddedPostgresServer.StartAsync(settings, cancellationToken);
            if (template is null)
                await DatabaseCreation.EnsureAsync(server.ConnectionString("postgres"), Name, cancellationToken);
            else
                await EphemeralTemplate.RenewAsync(server.ConnectionString(Name), cancellationToken);
            return new DevelopmentDatabase(folder, @lock, server);
        }
        catch (EmbeddedPostgresException exception)
        {
            throw new CommandFailedException(exception.Message);
        }
    }

    private static CommandFailedException InUse(DataFolder folder) =>
        new($"{folder.Path} is in use by another sdkchat: stop that one, or choose another folder with --data.");
}
