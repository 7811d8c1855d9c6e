using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using SdkChat.Proxies.Tests.Rig;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests;

/// <summary>
/// The service behind nginx and HAProxy, each as it comes and as we ship it, and behind others as docs/proxies.md has them.
/// </summary>
public sealed class ProxyTests
{
    private const int TwoMinutesOfPings = 5;

    private readonly string _folder = Directory.CreateTempSubdirectory("sdkchat-proxies").FullName;
    private readonly List<Proxy> _bare = [];
    private readonly List<Proxy> _shipped = [];
    private readonly List<Proxy> _others = [];

    private TestDatabase _database = null!;
    private TestApi _api = null!;
    private Certificate _certificate = null!;
    private Guid _tenant;

    private IEnumerable<Proxy> All => _bare.Concat(_shipped).Concat(_others);

    /// <summary>Those that do as docs/proxies.md says, and whose TLS says to whom a request goes.</summary>
    private IEnumerable<Proxy> Complete => _shipped.Concat(_others.Where(proxy => proxy.IsSecure));

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _tenant = await new Rows(_database.ConnectionString).TenantAsync("demo");
        _api = await TestApi.StartAsync(
            _database.ConnectionString, new Dictionary<string, string?> { ["Proxies:Trusted:0"] = "127.0.0.1" });
        _certificate = new Certificate(_folder);
        var node = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_api.BaseAddress.Port}");
        if (Programs.Find("nginx") is { } nginx)
        {
            string[] Program(string file) => [nginx, "-c", file, "-p", _folder, "-e", file + ".log"];
            _bare.Add(
                await Proxy.StartAsync(
                    "nginx-bare", _folder, Program, (plain, secure) => Configurations.BareNginx(node, _certificate, plain, secure),
                    _certificate));
            _shipped.Add(
                await Proxy.StartAsync(
                    "nginx", _folder, Program, (plain, secure) => Configurations.ShippedNginx([node], _certificate, plain, secure),
                    _certificate));
        }

        if (Programs.Find("haproxy") is { } haproxy)
        {
            string[] Program(string file) => [haproxy, "-db", "-f", file];
            _bare.Add(
                await Proxy.StartAsync(
                    "haproxy-bare", _folder, Program, (plain, secure) => Configurations.BareHaproxy(node, _certificate, plain, secure),
                    _certificate));
            _shipped.Add(
                await Proxy.StartAsync(
                    "haproxy", _folder, Program, (plain, secure) => Configurations.ShippedHaproxy([node], _certificate, plain, secure),
                    _certificate));
        }

        await OtherProxies.StartAsync(_folder, node, _certificate, _others);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        foreach (var proxy in All)
            await proxy.DisposeAsync();
        await _api.DisposeAsync();
        await _database.DisposeAsync();
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [SetUp]
    public void SkipWithoutProxies()
    {
        if (_bare.Count < 2)
            Assert.Ignore("nginx or haproxy is not installed.");
    }

    [TestCase("apache")]
    [TestCase("caddy")]
    [TestCase("varnish")]
    [TestCase("http-proxy")]
    public void Proxy_OfTheDocumentedList_IsAmongTheTested(string name)
    {
        if (_others.All(proxy => proxy.Name != name))
            Assert.Ignore($"{name} is not installed: the tests of this fixture are without it.");
    }

    /// <summary>All at once, so that it takes the two minutes only once.</summary>
    [Test]
    public async Task Streams_OfTwoMinutesWithNothingButPings_StayOpenThroughEveryProxy()
    {
        var ways = (
            from proxy in All
            from way in new[]
            {
                (proxy.Plain, HttpVersion.Version11), (proxy.Secure, HttpVersion.Version11), (proxy.Secure, HttpVersion.Version20),
            }
            where proxy.IsSecure || way.Item1 == proxy.Plain
            select (Name: $"{proxy.Name} {way.Item1.Scheme} HTTP/{way.Item2}", Address: way.Item1, Version: way.Item2)).ToArray();
        var rows = new Rows(_database.ConnectionString);
        var profile = await rows.ProfileAsync(_tenant);
        var chat = await rows.ChatAsync(_tenant, profile, status: "completed");
        var quiet = ways.Select(_ => new TaskCompletionSource()).ToArray();
        var happened = new TaskCompletionSource();

        var results = ways.Select((way, index) => JudgeAsync(way.Name, ReadAsync(way.Address, way.Version, quiet[index], happened.Task)))
            .ToArray();
        await Task.WhenAll(quiet.Select(silence => silence.Task));
        await rows.EventAsync(_tenant, profile, chat, "chat_completed");
        happened.SetResult();

        (await Task.WhenAll(results))
            .Should().HaveCountGreaterThanOrEqualTo(12).And.OnlyContain(result => result.EndsWith(": well", StringComparison.Ordinal));
    }

    [Test]
    public async Task Tenant_InTheHost_IsSeenThroughEveryDocumentedConfiguration()
    {
        foreach (var proxy in Complete)
        {
            foreach (var version in new[] { HttpVersion.Version11, HttpVersion.Version20 })
            {
                (await StatusAsync(proxy, version, host: "demo.aika.life")).Should().Be(HttpStatusCode.OK, proxy.Name);
                (await StatusAsync(proxy, version, host: "acme.aika.life")).Should().Be(HttpStatusCode.Forbidden, proxy.Name);
                // A client cannot talk itself onto another host.
                (await StatusAsync(proxy, version, host: "acme.aika.life", ("X-Forwarded-Host", "demo.aika.life")))
                    .Should().Be(HttpStatusCode.Forbidden, proxy.Name);
            }
        }
    }

    [Test]
    public async Task Pages_OfTheTenant_AreItsOwnThroughEveryDocumentedConfiguration()
    {
        foreach (var proxy in Complete)
        {
            (await StatusAsync(proxy, HttpVersion.Version20, "demo.aika.life", ("Origin", "https://demo.aika.life")))
                .Should().Be(HttpStatusCode.OK, proxy.Name);
            (await StatusAsync(proxy, HttpVersion.Version20, "demo.aika.life", ("Origin", "https://acme.aika.life")))
                .Should().Be(HttpStatusCode.Forbidden, proxy.Name);
        }
    }

    /// <summary>All ways are heard before any is judged: one that is cut must not hide the others.</summary>
    private static async Task<string> JudgeAsync(string name, Task reading)
    {
        try
        {
            await reading;
            return $"{name}: well";
        }
        catch (Exception exception)
        {
            return $"{name}: {exception.Message}";
        }
    }

    /// <param name="silence">Set when two minutes of pings are over, or the stream is.</param>
    private async Task ReadAsync(Uri address, Version version, TaskCompletionSource silence, Task happened)
    {
        try
        {
            await using var stream = await QuietStream.OpenAsync(address, version, _api.TenantToken(_tenant), _certificate);
            (await stream.NextAsync()).Should().Be("ready");
            for (var ping = 0; ping < TwoMinutesOfPings; ping++)
                (await stream.NextAsync()).Should().Be("ping");
            silence.SetResult();
            await happened;
            string next;
            while ((next = await stream.NextAsync()) == "ping")
            {
                // The others took longer.
            }

            next.Should().Be("chat_completed");
        }
        finally
        {
            silence.TrySetResult();
        }
    }

    private async Task<HttpStatusCode> StatusAsync(Proxy proxy, Version version, string host, params (string Name, string Value)[] headers)
    {
        using var client = Client.New(_certificate);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(proxy.Secure, "/api/v1/sdk-chat"))
        {
            Version = version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", _api.TenantToken(_tenant)), Host = host },
        };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }
}
