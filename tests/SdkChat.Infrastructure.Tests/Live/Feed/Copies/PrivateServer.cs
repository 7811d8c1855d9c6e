using System.Globalization;
using System.Security.Cryptography;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SdkChat.Development.EmbeddedPostgres;
using SdkChat.Development.Files;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Live.Feed.Copies;

/// <summary>
/// A PostgreSQL server of its own with the service's database, which can be far ahead of others, be dumped, restored, and have a
/// standby. The service connects to all of them by the same role and password.
/// </summary>
internal sealed class PrivateServer : IAsyncDisposable
{
    private const string Superuser = "sdkchat";
    private const string Database = "sdkchat";
    private const string Role = "sdkchat_service";
    private const string RolePassword = "not-a-secret";

    /// <summary>A number at which a page of the commit log begins: the server needs none of those before.</summary>
    private const int FarAhead = 40 * 1024 * 1024;

    private readonly EmbeddedPostgresServer _server;
    private readonly string _folder;

    private string _migrated = "";

    private PrivateServer(EmbeddedPostgresServer server, string folder) => (_server, _folder) = (server, folder);

    public string Socket => new NpgsqlConnectionStringBuilder(_server.ConnectionString(Database)).Host!;

    /// <summary>As its owner.</summary>
    public Rows Rows => new(_server.ConnectionString(Database) + ";Pooling=false");

    private string Uri => UriOf(new NpgsqlConnectionStringBuilder(_server.ConnectionString(Database)));

    /// <summary>As the service, through an address that may lead elsewhere later.</summary>
    public static string ServiceConnection(DatabaseAddress address) => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={address.Port};Database={Database};Username={Role};Password={RolePassword}");

    /// <param name="isFarAhead">Whether the server has given out many more transaction numbers than a new one.</param>
    public static Task<PrivateServer> StartAsync(bool isFarAhead = false) => StartAsync(cluster =>
    {
        if (isFarAhead)
            ServerAccount.Run(
                "pg_resetwal", [Binary("pg_resetwal"), "-x", FarAhead.ToString(CultureInfo.InvariantCulture), cluster.Folder]);
        return Task.CompletedTask;
    });

    /// <summary>A streaming standby that has a copy of everything, and follows.</summary>
    public Task<PrivateServer> StartStandbyAsync()
    {
        var own = new NpgsqlConnectionStringBuilder(_server.ConnectionString(Database));
        return StartAsync(
            cluster =>
            {
                ServerAccount.Run(
                    "pg_basebackup", [Binary("pg_basebackup"), "-d", UriOf(own), "-D", cluster.Folder, "-R", "-X", "stream", "-c", "fast"]);
                return Task.CompletedTask;
            },
            own.Password);
    }

    /// <summary>The schema of this build, and the service's role.</summary>
    public async Task MigrateAsync()
    {
        await MakeRoleAndDatabaseAsync(await TestCluster.FolderAsync() is null ? "template1" : TestCluster.Database);
        await new SchemaMigrator(NullLogger<SchemaMigrator>.Instance)
            .MigrateAsync(_server.ConnectionString(Database) + ";Pooling=false", Role, default);
        _migrated = await Rows.ScalarAsync<string>("select pg_current_snapshot()::text");
    }

    /// <summary>A dump of the other server's database, restored here.</summary>
    public async Task RestoreAsync(PrivateServer source)
    {
        await MakeRoleAndDatabaseAsync("template1");
        var file = Path.Combine(_folder, "dump");
        Run([Binary("pg_dump"), "-Fc", "-f", file, source.Uri]);
        Run([Binary("pg_restore"), "--exit-on-error", "-d", Uri, file]);
    }

    /// <summary>As the purge does: up to a snapshot that every node's position shows, which here is that of the migration.</summary>
    public Task MoveHorizonAsync() =>
        Rows.ExecuteAsync("update chat_event_horizon set purged = @migrated::pg_snapshot", new { migrated = _migrated });

    public Task PromoteAsync() => Rows.ExecuteAsync("select pg_promote(true)");

    public Task StopAsync() => _server.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<PrivateServer> StartAsync(Func<Cluster, Task> prepare, string? passwordOfPrimary = null)
    {
        var (folder, template) = (TestFolders.Create(), await TestCluster.FolderAsync());
        var known = passwordOfPrimary
            ?? (template is null ? null : await File.ReadAllTextAsync(Path.Combine(template, EmbeddedPostgresServer.PasswordFile)));
        var password = PrivateFile.ReadOrMake(
            Path.Combine(folder, EmbeddedPostgresServer.PasswordFile),
            () => known ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));
        var cluster = new Cluster(ClusterHome.ClusterOf(ClusterHome.Prepare(folder)));
        if (passwordOfPrimary is null && template is not null)
            cluster.CopyUnlessThere(ClusterHome.ClusterIn(template));
        else if (passwordOfPrimary is null)
            cluster.MakeUnlessThere(Superuser, password, isDurable: false);
        await prepare(cluster);
        return new PrivateServer(
            await EmbeddedPostgresServer.StartAsync(new EmbeddedPostgresSettings { Folder = folder, Durable = false }), folder);
    }

    private async Task MakeRoleAndDatabaseAsync(string template)
    {
        await using var connection = new NpgsqlConnection(_server.ConnectionString("postgres") + ";Pooling=false");
        await connection.ExecuteAsync($"create role {Role} login password '{RolePassword}'");
        await connection.ExecuteAsync($"create database {Database} template {template}");
    }

    private static void Run(string[] command)
    {
        if (!ServerAccount.TryRun(command, out var output))
            throw new InvalidOperationException($"{command[0]} failed: {output}");
    }

    private static string Binary(string name) => Path.Combine(ServerBinaries.Find(), name);

    private static string UriOf(NpgsqlConnectionStringBuilder settings) =>
        $"postgresql://{settings.Username}:{settings.Password}@/{settings.Database}?host={System.Uri.EscapeDataString(settings.Host!)}";
}
