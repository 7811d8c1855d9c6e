using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using SdkChat.Faults.Clock;
using SdkChat.Proxies.Tests.Production.Rig;
using SdkChat.Proxies.Tests.Rig;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests.Production;

/// <summary>
/// A third node of the deployment, behind proxies of its own, whose clock is five seconds ahead and whose issuer publishes its keys in a
/// file.
/// </summary>
public sealed class AheadNodeTests : IDisposable
{
    private const string KeyId = "to-be-withdrawn";

    private readonly string _folder = Directory.CreateTempSubdirectory("sdkchat-ahead-").FullName;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly List<Proxy> _proxies = [];

    private ServiceNode _node = null!;

    private string Keys => Path.Combine(_folder, "keys.json");

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        var clock = typeof(JumpingClockStartup).Assembly;
        var file = Path.Combine(_folder, "clock");
        await File.WriteAllTextAsync(file, "5");
        await PublishAsync(_key, KeyId);
        _node = await ServiceNode.StartAsync("ahead", _folder, new Dictionary<string, string>(ProductionSetup.Rig.Settings)
        {
            ["DOTNET_STARTUP_HOOKS"] = clock.Location,
            ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = clock.GetName().Name!,
            [JumpingClockStartup.FileVariable] = file,
            ["Authentication__Tenant__JwksFile"] = Keys,
        });
        string[] nodes = [string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_node.Port}")];
        foreach (var shipped in new[] { ShippedProxies.Nginx, ShippedProxies.Haproxy })
            _proxies.Add(await ShippedProxies.StartAsync(shipped, _folder, nodes, ProductionSetup.Rig.Certificate));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        foreach (var proxy in _proxies)
            await proxy.DisposeAsync();
        if (_node is not null)
            await _node.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public void Dispose() => _key.Dispose();

    /// <summary>Started on the node that is ahead; completed, triggered and ended on those of the deployment.</summary>
    [Test]
    public async Task Chat_OfNodesWhoseClocksAreApart_HasNoInstantBeforeItsStart()
    {
        var rig = ProductionSetup.Rig;
        using var ahead = new RigClient(_proxies[0], rig.Certificate);
        using var behind = new RigClient(rig.Nginx, rig.Certificate);
        var tenant = rig.Tenants[1];
        var profile = (await ahead.SdkAsync(tenant, HttpMethod.Post, "/v1/profile", new { name = "Kim" })).Data.GetProperty("profile_id")
            .GetString();
        var sent = TimeProvider.System.GetUtcNow();
        var chat = (await ahead.SdkAsync(tenant, HttpMethod.Post, $"/v1/chat/{profile}/recommend", new { prompt = "Dinner ideas?" }))
            .Data.GetProperty("chat_id").GetString();
        var path = $"/v1/chat/{profile}/recommend/{chat}";
        await Polling.UntilAsync(
            "the chat is completed",
            async () => (await behind.SdkAsync(tenant, HttpMethod.Get, path)).Data.GetProperty("status").GetString() == "completed");
        (await behind.SdkAsync(tenant, HttpMethod.Post, $"/v1/chat/{profile}/backlist-trigger", new { chat_id = chat }))
            .Status.Should().Be(200);

        var ended = (await behind.SdkAsync(tenant, HttpMethod.Delete, path)).Data;

        var created = Instant(ended, "created_at");
        created.Should().BeAfter(sent.AddSeconds(4), "the node is ahead");
        Instant(ended, "updated_at").Should().BeOnOrAfter(created);
        Instant(ended, "ended_at").Should().BeOnOrAfter(Instant(ended, "updated_at"));
    }

    [Test]
    public async Task Streams_OfAKeyThatIsWithdrawn_EndBehindBothProxies()
    {
        var tenant = ProductionSetup.Rig.Tenants[0];
        var (token, streams) = (Token(tenant), new List<QuietStream>());
        foreach (var proxy in _proxies)
        {
            streams.Add(
                await QuietStream.OpenAsync(proxy.Secure, System.Net.HttpVersion.Version11, token, ProductionSetup.Rig.Certificate));
            (await streams[^1].NextAsync()).Should().Be("ready", proxy.Name);
        }

        using var next = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await PublishAsync(next, "next");

        foreach (var stream in streams)
        {
            await stream.ToEndAsync();
            await stream.DisposeAsync();
        }

        await Polling.UntilAsync(
            "the log says why the streams ended",
            async () => (await _node.LogAsync()).Count(line => line.Contains("key_withdrawn", StringComparison.Ordinal)) >= streams.Count);
        using var client = new RigClient(_proxies[0], ProductionSetup.Rig.Certificate);
        (await client.BackofficeAsync("/api/v1/sdk-chat", token)).Status.Should().Be(401);
    }

    private string Token(RigTenant tenant) => TestTokens.Sign(
        new { alg = "ES256", typ = "JWT", kid = KeyId },
        TestTokens.TenantClaims(tenant.Id, TimeProvider.System.GetUtcNow()),
        bytes => _key.SignData(bytes, HashAlgorithmName.SHA256));

    /// <summary>In one step, as an issuer replaces its file.</summary>
    private async Task PublishAsync(ECDsa key, string id)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var published = new
        {
            kty = "EC", crv = "P-256", alg = "ES256", use = "sig", kid = id, x = Base64UrlEncoder.Encode(point.X),
            y = Base64UrlEncoder.Encode(point.Y),
        };
        await File.WriteAllTextAsync(Keys + ".new", JsonSerializer.Serialize(new { keys = new[] { published } }));
        File.Move(Keys + ".new", Keys, overwrite: true);
    }

    private static DateTimeOffset Instant(JsonElement chat, string name) => chat.GetProperty(name).GetDateTimeOffset();
}
