using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SdkChat.Application;
using SdkChat.Application.Tenants.AddTenant;
using SdkChat.Application.Tenants.CreateApiKey;
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

    /// <summary>How long a run of the pipeline takes.</summary>
    private static readonly TimeSpan Run = TimeSpan.FromMilliseconds(400);

    private readonly string _folder;
    private readonly TestPipeline _pipeline;

    private FaultRig(string folder, FaultDatabase database, TestRedis redis, TestPipeline pipeline) =>
        (_folder, Database, Redis, _pipeline) = (folder, database, redis, pipeline);

    public FaultDatabase Database { get; }

    public TestRedis Redis { get; }

    public IReadOnlyList<ApiNode> Nodes { get; private set; } = [];

    public NginxProxy Proxy { get; private set; } = null!;

    public IReadOnlyList<RigTenant> Tenants { get; private set; } = [];

    /// <summary>A file that says what a node's clock shows, for the node that was told to believe it.</summary>
    public string ClockFile => Path.Combine(_folder, "clock");

    public static async Task<FaultRig> StartAsync(string backplane, string folder)
    {
        File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.OtherExecute);
        var database = await FaultDatabase.StartAsync(Path.Combine(folder, "data"));
        var rig = new FaultRig(folder, database, await TestRedis.StartAsync(), await StartPipelineAsync());
        try
        {
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
        await Database.DisposeAsync();
    }

    private async Task StartNodesAsync(string backplane)
    {
        Nodes = [.. Enumerable.Range(1, NodeCount).Select(number => new ApiNode($"node{number}", _folder, Settings($"node{number}", backplane)))];
        await Task.WhenAll(Nodes.Select(node => node.StartAsync()));
        Tenants = await AddTenantsAsync();
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
        ["ConnectionStrings__SdkChat"] = $"{Database.ConnectionString};Application Name={name}",
        ["ConnectionStrings__Redis"] = Redis.ConnectionString,
        ["Backplane"] = backplane,
        ["Authentication__Tenant__Secrets__0"] = TestTokens.TenantSecret,
        ["Authentication__Backoffice__Secrets__0"] = TestTokens.BackofficeSecret,
        ["Pipeline__BaseUrl"] = _pipeline.BaseUrl,
        ["Live__RetryMilliseconds"] = "1000",
        ["DOTNET_GCHeapHardLimit"] = "0x20000000",
    };

    private async Task<RigTenant[]> AddTenantsAsync()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:SdkChat", Database.ConnectionString + ";Pooling=false")]).Build();
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
