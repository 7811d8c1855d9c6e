using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using SdkChat.TestSupport;
using static SdkChat.Api.Tests.Support.ApiCalls;

namespace SdkChat.Api.Tests.Health;

/// <summary>The network between a node and its database drops packets: nothing is refused or closed, nothing is answered.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class DroppedConnectionTests
{
    private const int Calls = 30;

    /// <summary>A statement's time limit, which is longer than a busy machine needs for everything else.</summary>
    private const string CommandTimeoutSeconds = "60";

    /// <summary>
    /// Thirty connections at once take some seconds on a busy machine; two such waits are still less than <see cref="Longest"/>.
    /// </summary>
    private const string ConnectTimeoutSeconds = "15";

    /// <summary>Less than that limit: who waits for it waits longer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(50);

    private LossyAddress _address = null!;
    private TestDatabase _database = null!;
    private FrozenProxy _proxy = null!;
    private TestApi _api = null!;
    private Guid _tenant;

    [SetUp]
    public async Task StartAsync()
    {
        if (LossyAddress.Obstacle is { } obstacle)
            Assert.Ignore(obstacle);

        _address = LossyAddress.Create();
        _database = await TestDatabase.CreateAsync();
        _tenant = await new Rows(_database.ConnectionString).TenantAsync("demo");
        var settings = new NpgsqlConnectionStringBuilder(_database.ConnectionString);
        _proxy = new FrozenProxy(settings.Host!, settings.Port, new TcpListener(_address.Address, 0));
        (settings.Host, settings.Port) = (_address.Address.ToString(), _proxy.Port);
        _api = await TestApi.StartAsync(
            settings.ConnectionString,
            new Dictionary<string, string?>
            {
                ["Database:ConnectTimeoutSeconds"] = ConnectTimeoutSeconds, ["Database:CommandTimeoutSeconds"] = CommandTimeoutSeconds,
            });
        (await CallAsync()).Should().OnlyContain(call => call.Status == HttpStatusCode.OK);
    }

    [TearDown]
    public async Task StopAsync()
    {
        if (_api is not null)
            await _api.DisposeAsync();
        if (_proxy is not null)
            await _proxy.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
        _address?.Dispose();
    }

    [Test]
    public async Task Calls_AfterAFirewallForgotAllConnections_DoNotWaitForTheStatementsTimeLimit()
    {
        _address.Forget(_proxy.ClientPorts);

        for (var round = 0; round < 2; round++)
            (await CallAsync()).Where(call => call.Status != HttpStatusCode.OK || call.Took > Longest).Should().BeEmpty();
    }

    [Test]
    public async Task Calls_WhileNothingGetsThrough_FailBeforeThatLimitAndSucceedOnceItDoes()
    {
        _address.DropAll();
        (await CallAsync()).Where(call => call.Status != HttpStatusCode.ServiceUnavailable || call.Took > Longest).Should().BeEmpty();

        _address.Restore();
        (await CallAsync()).Where(call => call.Status != HttpStatusCode.OK || call.Took > Longest).Should().BeEmpty();
    }

    /// <summary>So many at once, each for another page, so that none shares another's answer.</summary>
    private Task<(HttpStatusCode Status, TimeSpan Took)[]> CallAsync() => Task.WhenAll(Enumerable.Range(0, Calls).Select(async page =>
    {
        var started = Stopwatch.GetTimestamp();
        using var response = await _api.Client.SendAsync(Request($"/api/v1/sdk-chat?page={page}", token: _api.TenantToken(_tenant)));
        return (response.StatusCode, Stopwatch.GetElapsedTime(started));
    }));
}
