using System.Globalization;
using System.Net;
using SdkChat.Proxies.Tests.Rig;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests;

/// <summary>That no proxy holds an event back, measured against a stream past all of them.</summary>
public sealed class LatencyTests
{
    private const int Events = 15;

    /// <summary>Half of what HAProxy takes without <c>http-no-delay</c>, and far more than passing an event on.</summary>
    private static readonly TimeSpan HeldBack = TimeSpan.FromMilliseconds(100);

    private readonly string _folder = Directory.CreateTempSubdirectory("sdkchat-latency").FullName;
    private readonly List<Proxy> _proxies = [];

    private TestDatabase _database = null!;
    private TestApi _api = null!;
    private Certificate _certificate = null!;
    private Guid _tenant;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _tenant = await new Rows(_database.ConnectionString).TenantAsync("demo");
        _api = await TestApi.StartAsync(_database.ConnectionString);
        _certificate = new Certificate(_folder);
        var node = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_api.BaseAddress.Port}");
        foreach (var file in new[] { ShippedProxies.Nginx, ShippedProxies.Haproxy })
            _proxies.Add(await ShippedProxies.StartAsync(file, _folder, [node], _certificate));
        await OtherProxies.StartAsync(_folder, node, _certificate, _proxies);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        foreach (var proxy in _proxies)
            await proxy.DisposeAsync();
        await _api.DisposeAsync();
        await _database.DisposeAsync();
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Medians, and again where the machine was busy: a proxy that holds back does so each time.</summary>
    [Test, Retry(5)]
    public async Task Event_ThroughEveryProxy_ArrivesWithTheOneThatGoesPastThem()
    {
        await using var direct = await OpenAsync(_api.BaseAddress);
        var behind = new List<(string Name, QuietStream Stream, List<TimeSpan> Delays)>();
        foreach (var proxy in _proxies)
            behind.Add((proxy.Name, await OpenAsync(proxy.Plain), []));
        var rows = new Rows(_database.ConnectionString);

        for (var number = 0; number < Events; number++)
        {
            await rows.EventAsync(_tenant, Guid.NewGuid(), Guid.NewGuid(), "chat_completed");
            var first = ArrivalAsync(direct);
            var others = behind.Select(way => ArrivalAsync(way.Stream)).ToArray();
            var sent = await first;
            for (var way = 0; way < others.Length; way++)
                behind[way].Delays.Add(TimeProvider.System.GetElapsedTime(sent, await others[way]));
        }

        var medians = behind.Select(way => (way.Name, Median: way.Delays.Order().ElementAt(Events / 2))).ToArray();
        foreach (var (_, stream, _) in behind)
            await stream.DisposeAsync();
        medians.Should().OnlyContain(way => way.Median < HeldBack);
    }

    private async Task<QuietStream> OpenAsync(Uri server)
    {
        var stream = await QuietStream.OpenAsync(server, HttpVersion.Version11, _api.TenantToken(_tenant), _certificate);
        (await stream.NextAsync()).Should().Be("ready");
        return stream;
    }

    private static async Task<long> ArrivalAsync(QuietStream stream)
    {
        string next;
        while ((next = await stream.NextAsync()) == "ping")
        {
            // Due every 25 s.
        }

        next.Should().Be("chat_completed");
        return TimeProvider.System.GetTimestamp();
    }
}
