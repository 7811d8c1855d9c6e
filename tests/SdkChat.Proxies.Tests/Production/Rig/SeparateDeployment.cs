using Dapper;
using Npgsql;
using SdkChat.Proxies.Tests.Rig;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests.Production.Rig;

/// <summary>
/// One node with a database, a database role and two proxies of its own, for faults and settings that would disturb the tests that share
/// <see cref="ProductionRig"/>.
/// </summary>
internal sealed class SeparateDeployment : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sdkchat-separate-").FullName;
    private readonly Stack<IAsyncDisposable> _parts = new();

    private SeparateDeployment(string name) => Role = $"{name}_{Guid.NewGuid():N}";

    /// <summary>The role of the node alone, with the rights of the role that serves.</summary>
    public string Role { get; }

    public TestDatabase Database { get; private set; } = null!;

    public ServiceNode Node { get; private set; } = null!;

    public IReadOnlyList<Proxy> Proxies { get; private set; } = [];

    /// <summary>Two tenants.</summary>
    public IReadOnlyList<RigTenant> Tenants { get; private set; } = [];

    /// <param name="settings">Beside the connection string.</param>
    /// <param name="before">As <see cref="PublishedService.Command"/> takes it.</param>
    public static async Task<SeparateDeployment> StartAsync(string name, IReadOnlyDictionary<string, string> settings, string before = "")
    {
        var deployment = new SeparateDeployment(name);
        try
        {
            await deployment.StartPartsAsync(name, settings, before);
            return deployment;
        }
        catch
        {
            await deployment.DisposeAsync();
            throw;
        }
    }

    public static RigClient Client(Proxy proxy) => new(proxy, ProductionSetup.Rig.Certificate);

    /// <summary>As the superuser, on the database of the service.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Database.OwnerConnectionString + ";Pooling=false");
        await connection.ExecuteAsync(sql);
    }

    public async ValueTask DisposeAsync()
    {
        while (_parts.TryPop(out var part))
            await part.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartPartsAsync(string name, IReadOnlyDictionary<string, string> settings, string before)
    {
        _parts.Push(Database = await TestDatabase.CreateAsync());
        var service = new NpgsqlConnectionStringBuilder(Database.ConnectionString);
        await ExecuteAsync($"create role {Role} login password 'of-the-node' in role \"{service.Username}\"");
        (service.Username, service.Password) = (Role, "of-the-node");
        Tenants =
            [await RigTenant.AddAsync(Database.ConnectionString, "demo"), await RigTenant.AddAsync(Database.ConnectionString, "acme")];
        var all = new Dictionary<string, string>(settings)
        {
            ["ConnectionStrings__SdkChat"] = service.ConnectionString,
            ["Proxies__Trusted__0"] = "127.0.0.1",
            ["Pipeline__BaseUrl"] = ProductionSetup.Rig.Pipeline.BaseUrl,
            ["Live__DrainSeconds"] = "0",
        };
        _parts.Push(Node = await ServiceNode.StartAsync(name, _folder, all, before));
        var (certificate, address) = (ProductionSetup.Rig.Certificate, $"127.0.0.1:{Node.Port}");
        Proxies =
        [
            await ShippedProxies.StartAsync(ShippedProxies.Nginx, _folder, [address], certificate),
            await ShippedProxies.StartAsync(ShippedProxies.Haproxy, _folder, [address], certificate),
        ];
        foreach (var proxy in Proxies)
            _parts.Push(proxy);
    }
}
