using SdkChat.Development.EmbeddedPostgres;

namespace SdkChat.TestSupport;

/// <summary>A real PostgreSQL for tests, in a temporary folder, fast and forgetful, gone with the test process.</summary>
public sealed class TestPostgres : IAsyncDisposable
{
    private static readonly Lazy<Task<TestPostgres>> SharedServer = new(StartAsync);

    private readonly EmbeddedPostgresServer _server;
    private readonly string _folder;

    private TestPostgres(EmbeddedPostgresServer server, string folder) => (_server, _folder) = (server, folder);

    /// <summary>The one that all tests of this process share, started when first asked for.</summary>
    public static Task<TestPostgres> Shared => SharedServer.Value;

    /// <summary>A server of its own, for tests that take it away.</summary>
    public static async Task<TestPostgres> StartAsync()
    {
        var (folder, template) = (TestFolders.Create(), await TestCluster.FolderAsync());
        var server = await EmbeddedPostgresServer.StartAsync(
            new EmbeddedPostgresSettings { Folder = folder, Durable = false, Template = template });
        var postgres = new TestPostgres(server, folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => postgres.DisposeAsync().AsTask().GetAwaiter().GetResult();
        if (template is null)
            await TestCluster.PrepareAsync(server, default);
        return postgres;
    }

    /// <summary>
    /// As the superuser. Tests use the types that every database has, so none of their pools reads the catalogue of types first.
    /// </summary>
    public string ConnectionString(string database) => _server.ConnectionString(database) + ";Server Compatibility Mode=NoTypeLoading";

    /// <summary>For tests with a server of their own: its database with the schema of this build, as the owner of everything.</summary>
    public string MigratedConnectionString => ConnectionString(TestCluster.Database);

    /// <summary>What the server has logged so far.</summary>
    public async Task<string> LogAsync()
    {
        var file = Directory.GetFiles(_folder, "server.log", SearchOption.AllDirectories).Single();
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    /// <summary>Takes it away. Open connections break.</summary>
    public Task StopServerAsync() => _server.StopAsync();

    /// <summary>Brings it back, at the same address.</summary>
    public Task StartServerAsync() => _server.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }
}
