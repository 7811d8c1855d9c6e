using System.Globalization;
using Npgsql;
using SdkChat.Proxies.Tests.Rig;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests.Production.Rig;

/// <summary>
/// A deployment as <c>deploy/</c> describes it: two nodes of the published service in Production, the database and its two roles from
/// <c>roles.sql</c>, Redis as in compose, nginx and HAProxy with their shipped files. Started once for all tests that use it.
/// </summary>
internal sealed class ProductionRig : IAsyncDisposable
{
    public const string Owner = "sdkchat_owner";

    private const string Service = "sdkchat_service";

    private readonly Stack<IAsyncDisposable> _parts = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("sdkchat-production-").FullName;

    public Certificate Certificate { get; private set; } = null!;

    public TestPipeline Pipeline { get; private set; } = null!;

    public IReadOnlyList<ServiceNode> Nodes { get; private set; } = [];

    public Proxy Nginx { get; private set; } = null!;

    public Proxy Haproxy { get; private set; } = null!;

    /// <summary>Two tenants.</summary>
    public IReadOnlyList<RigTenant> Tenants { get; private set; } = [];

    /// <summary>What each node is started with, for a test that starts another.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; private set; } = new Dictionary<string, string>();

    /// <summary>As the role that owns the tables.</summary>
    public string OwnerConnectionString { get; private set; } = "";

    public static async Task<ProductionRig> StartAsync()
    {
        var rig = new ProductionRig();
        try
        {
            await rig.StartPartsAsync();
            return rig;
        }
        catch
        {
            await rig.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
            await part.DisposeAsync();
        Certificate?.Dispose();
        NpgsqlConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task StartPartsAsync()
    {
        Certificate = new Certificate(Folder);
        Pipeline = Add(await TestPipeline.StartAsync());
        Pipeline.Answer = _ => TestPipeline.Completed(notifications: """[{"id":"n-1"}]""");
        var redis = Add(await ComposedRedis.StartAsync(Folder));
        var service = await CreateDatabaseAsync();
        Settings = SettingsOfNodes(service, redis);
        Nodes = await Task.WhenAll(ServiceNode.StartAsync("node-1", Folder, Settings), ServiceNode.StartAsync("node-2", Folder, Settings));
        foreach (var node in Nodes)
            Add(node);
        Tenants = [await RigTenant.AddAsync(service, "demo"), await RigTenant.AddAsync(service, "acme")];
        var addresses = Nodes.Select(node => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{node.Port}")).ToArray();
        Nginx = Add(await ShippedProxies.StartAsync(ShippedProxies.Nginx, Folder, addresses, Certificate));
        Haproxy = Add(await ShippedProxies.StartAsync(ShippedProxies.Haproxy, Folder, addresses, Certificate));
    }

    /// <summary>With the shipped script, and the verb that migrates.</summary>
    /// <returns>The connection string of the role that serves.</returns>
    private async Task<string> CreateDatabaseAsync()
    {
        var superuser = new NpgsqlConnectionStringBuilder((await TestPostgres.Shared).ConnectionString("postgres"));
        ExternalCommand.Run(
            "psql", "-q", $"host={superuser.Host} user={superuser.Username} password={superuser.Password} dbname=postgres",
            "-v", "owner_password=of-the-owner", "-v", "service_password=of-the-service", "-f",
            Repository.Path("deploy/postgres/roles.sql"));
        OwnerConnectionString = Connection(superuser, Owner, "of-the-owner");
        var service = Connection(superuser, Service, "of-the-service");
        var (code, output) = await PublishedService.RunAsync(Folder, ["migrate"], new Dictionary<string, string>
        {
            ["ConnectionStrings__SdkChat"] = service,
            ["ConnectionStrings__SdkChatMigrations"] = OwnerConnectionString,
        });
        code.Should().Be(0, output);
        return service;
    }

    private Dictionary<string, string> SettingsOfNodes(string service, ComposedRedis redis) => new()
    {
        ["ConnectionStrings__SdkChat"] = service,
        ["ConnectionStrings__Redis"] = redis.ConnectionString,
        ["Backplane"] = "redis",
        ["Proxies__Trusted__0"] = "127.0.0.1",
        ["Pipeline__BaseUrl"] = Pipeline.BaseUrl,
        ["Database__MaxPoolSize"] = "24",
        ["Live__DrainSeconds"] = "0",
    };

    private static string Connection(NpgsqlConnectionStringBuilder server, string role, string password) =>
        new NpgsqlConnectionStringBuilder { Host = server.Host, Database = "sdkchat", Username = role, Password = password }
            .ConnectionString;

    private T Add<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Push(part);
        return part;
    }
}
