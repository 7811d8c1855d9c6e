using System.Text.RegularExpressions;
using SdkChat.Proxies.Tests.Production.Rig;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests.Production;

/// <summary>A node with the metrics address of the compose file, and with two settings that do not fit this deployment.</summary>
public sealed partial class NodeSettingsTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sdkchat-settings-").FullName;

    private ServiceNode _node = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var shipped = ProductionSetup.Rig.Settings;
        _node = await ServiceNode.StartAsync("misfit", _folder, new Dictionary<string, string>(shipped)
        {
            ["Metrics__Address"] = MetricsAddress()
                .Match(await File.ReadAllTextAsync(Repository.Path("deploy/compose/compose.yaml"))).Groups[1].Value,
            ["Database__MaxPoolSize"] = "900",
            ["ConnectionStrings__Redis"] = shipped["ConnectionStrings__Redis"]
                .Replace(ComposedRedis.Password, "wrong", StringComparison.Ordinal),
        });
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_node is not null)
            await _node.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Prometheus asks from another container, so not over the loopback address that is the default.</summary>
    [Test]
    public async Task Metrics_AtTheAddressOfTheComposeFile_CanBeScrapedFromOutside()
    {
        using var client = new HttpClient();

        (await client.GetStringAsync(new Uri($"http://127.0.0.2:{_node.MetricsPort}/metrics"))).Should().Contain("sdkchat_streams_open");
        var closed = () => client.GetStringAsync(new Uri($"http://127.0.0.2:{ProductionSetup.Rig.Nodes[0].MetricsPort}/metrics"));
        await closed.Should().ThrowAsync<HttpRequestException>("the default is 127.0.0.1");
    }

    [Test]
    public Task Pools_ThatDoNotFitIntoTheServer_AreNamedAtTheStart() => UntilLoggedAsync(PoolsDoNotFit());

    /// <summary>The node is ready without Redis, and says why it has none.</summary>
    [Test]
    public async Task Redis_WithAWrongPassword_IsNamedAsThat()
    {
        await UntilLoggedAsync(RefusedByRedis());
        (await _node.LogAsync()).Should().NotContainMatch("*UnableToConnect*");
    }

    private Task UntilLoggedAsync(Regex line) =>
        Polling.UntilAsync($"the node logs {line}", async () => (await _node.LogAsync()).Any(line.IsMatch));

    [GeneratedRegex(@"Metrics__Address: (\S+)")]
    private static partial Regex MetricsAddress();

    [GeneratedRegex("together, and the server allows this role .* Set Database:MaxPoolSize to")]
    private static partial Regex PoolsDoNotFit();

    [GeneratedRegex("Redis is unavailable .*(WRONGPASS|password)", RegexOptions.IgnoreCase)]
    private static partial Regex RefusedByRedis();
}
