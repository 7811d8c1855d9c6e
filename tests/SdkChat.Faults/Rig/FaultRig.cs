using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SdkChat.Application;
using SdkChat.Application.Tenants;
using SdkChat.Infrastructure;
using SdkChat.Infrastructure.Storage;
using SdkChat.TestSupport;

namespace SdkChat.Faults.Rig;

/// <summary>A tenant, with what its admin and its app sign in with.</summary>
internal sealed record RigTenant(Guid Id, string Code, string AdminToken, string SdkKey);

/// <summary>Everything that a fault can strike: three nodes, PostgreSQL, Redis, nginx, and a pipeline of another team.</summary>
internal sealed class FaultRig : IAsyncDisposable
{
    private const int NodeCount = 3;
    private const int TenantCount = 6;
    private const int DiskMegabytes = 256;

    /// <summary>How long a run of the pipeline takes.</summary>
    private static readonly TimeSpan Run = TimeSpan.FromMilliseconds(400);

    private readonly string _folder;
    private readonly RigSetup _setup;
    private readonly TestPipeline _pipeline;

    private FaultRig(string folder, RigSetup setup, SmallDisk? disk, FaultDatabase database, TestRedis redis, TestPipeline pipeline) =>
        (_folder, _setup, Disk, Database, Redis, _pipeline) = (folder, setup, disk, database, redis, pipeline);

    public FaultDatabase Database { get; }

    public TestRedis Redis { get; }

    /// <summary>Where logs, data and configuration files are.</summary>
    public string Folder => _folder;

    /// <summary>With <see cref="RigSetup.Pooler"/>.</summary>
    public Pooler? Pooler { get; private set; }

    /// <summary>With <see cref="RigSetup.Delay"/>.</summary>
    public DelayingProxy? Network { get; private set; }

    /// <summary>With <see cref="RigSetup.SmallDisk"/>.</summary>
    public SmallDisk? Disk { get; }

    public IReadOnlyList<ApiNode> Nodes { get; private set; } = [];

    public NginxProxy Proxy { get; private set; } = null!;

    public IReadOnlyList<RigTenant> Tenants { get; private set; } = [];

    /// <summary>A file that says what a node's clock shows, for the node that was told to believe it.</summary>
    public string ClockFile => Path.Combine(_folder, "clock");

    public static async Task<FaultRig> StartAsync(string backplane, RigSetup setup, string folder)
    {
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute);
        var disk = setup == RigSetup.SmallDisk ? SmallDisk.Mount(Path.Combine(folder, "disk"), DiskMegabytes) : null;
        var database = await FaultDatabase.StartAsync(Path.Combine(folder, "data"), disk?.Folder);
        var redis = await TestRedis.StartAsync(setup == RigSetup.SecureRedis ? RedisSecurity.Create(folder) : null);
        var rig = new FaultRig(folder, setup, disk, database, redis, await StartPipelineAsync());
        try
        {
            await rig.StartBetweenAsync();
            await rig.StartNodesAsync(backplane);
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
        if (Proxy is not null)
            await Proxy.DisposeAsync();
        foreach (var node in Nodes)
            await node.DisposeAsync();
        await _pipeline.DisposeAsync();
        await Redis.DisposeAsync();
        if (Pooler is not null)
            await Pooler.DisposeAsync();
        if (Network is not null)
            await Network.DisposeAsync();
        await Database.DisposeAsync();
        Disk?.Dispose();
    }

    private async Task StartBetweenAsync()
    {
        if (_setup == RigSetup.Standby)
            await Database.AddStandbyAsync(Path.Combine(_folder, "standby"));
        if (_setup == RigSetup.Pooler)
            Pooler = await Pooler.StartAsync(_folder, Database);
        if (_setup == RigSetup.Delay)
            Network = new DelayingProxy(Database.SocketFolder);
    }

    private string NodeConnectionString()
    {
        if (Pooler is not null)
            return Pooler.ConnectionString;
        if (Network is null)
            return Database.NodeConnectionString;
        return new NpgsqlConnectionStringBuilder(Database.ConnectionString) { Host = "127.0.0.1", Port = Network.Port }.ConnectionString;
    }

    private async Task StartNodesAsync(string backplane)
    {
        Nodes = [.. Enumerable.Range(1, NodeCount)
            .Select(number => new ApiNode($"node{number}", _folder, Settings($"node{number}", backplane)))];
        await Task.WhenAll(Nodes.Select(node => node.StartAsync()));
        Tenants = await AddTenantsAsync();
        await FailingWrites.InstallAsync(Database);
        Proxy = await NginxProxy.StartAsync(_folder, Nodes);
    }

    private static async Task<TestPipeline> StartPipelineAsync()
    {
        var pipeline = await TestPipeline.StartAsync();
        var asked = new System.Collections.Concurrent.ConcurrentDictionary<Guid, long>();
        pipeline.Answer = run =>
            TimeProvider.System.GetElapsedTime(asked.GetOrAdd(run, _ => TimeProvider.System.GetTimestamp())) < Run
                ? TestPipeline.StillRunning
                : TestPipeline.Completed(notifications: """[{"id":"n-1"}]""");
        return pipeline;
    }

    private Dictionary<string, string> Settings(string name, string backplane) => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production",
        // More than any shop asks, from one address; and three nodes on one machine.
        ["RateLimits__Enabled"] = "false",
        ["Metrics__Port"] = "0",
        ["ConnectionStrings__SdkChat"] = $"{NodeConnectionString()};Application Name={name}",
        ["ConnectionStrings__Redis"] = Redis.ConnectionString,
        ["Backplane"] = backplane,
        ["Authentication__Tenant__Secrets__0"] = TestTokens.TenantSecret,
        ["Authentication__Backoffice__Secrets__0"] = TestTokens.BackofficeSecret,
        ["Pipeline__BaseUrl"] = _pipeline.BaseUrl,
        ["Live__RetryMilliseconds"] = "1000",
        ["DOTNET_GCHeapHardLimit"] = "0x20000000",
        // What a node trusts beside the machine's own authorities: the certificate of a Redis with TLS.
        ["SSL_CERT_FILE"] = Redis.CertificateFile ?? "",
    };

    private async Task<RigTenant[]> AddTenantsAsync()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("ConnectionStrings:SdkChat", Database.ConnectionString + ";Pooling=false")]).Build();
        await using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration).AddLogging().AddApplication().AddInfrastructure().BuildServiceProvider();
        await new SchemaMigrator(NullLogger<SchemaMigrator>.Instance).MigrateAsync(Database.ConnectionString, default);
        var tenants = new RigTenant[TenantCount];
        for (var number = 0; number < TenantCount; number++)
        {
            var code = $"shop-{number + 1}";
            await using var scope = services.CreateAsyncScope();
            var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
            var tenant = await mediator.Send(new AddTenantCommand(code, code));
            var key = await mediator.Send(new CreateApiKeyCommand(code, null));
            tenants[number] = new RigTenant(tenant.Id.Value, code, Token(tenant.Id.Value), key.Key.Secret);
        }

        return tenants;
    }

    /// <summary>Good for a day on either side of now: nodes whose clocks are wrong take it too.</summary>
    private static string Token(Guid tenant)
    {
        var claims = TestTokens.TenantClaims(tenant, TimeProvider.System.GetUtcNow());
        claims["iat"] = claims["nbf"] = TimeProvider.System.GetUtcNow().AddDays(-1).ToUnixTimeSeconds();
        claims["exp"] = TimeProvider.System.GetUtcNow().AddDays(1).ToUnixTimeSeconds();
        return TestTokens.Hs256(claims, TestTokens.TenantSecret);
    }
}
