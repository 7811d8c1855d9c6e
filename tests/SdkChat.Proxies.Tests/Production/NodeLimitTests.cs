using System.Net;
using System.Net.Sockets;
using SdkChat.Proxies.Tests.Production.Rig;

namespace SdkChat.Proxies.Tests.Production;

/// <summary>A node at the limit of its files, and an SDK key at its own: the proxies' other callers are served.</summary>
public sealed class NodeLimitTests
{
    private const int Files = 1000, IdleConnections = 1500, Calls = 50;

    /// <summary>For each profile far below its own limit of 100.</summary>
    private const int Profiles = 10, CallsOfEach = 15;

    /// <summary>Below what one tenant may read of profile documents at once.</summary>
    private const int AtOnce = 4;

    private SeparateDeployment _deployment = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _deployment = await SeparateDeployment.StartAsync(
        "limits",
        new Dictionary<string, string> { ["RateLimits__KeyTotal__Burst"] = "60", ["RateLimits__KeyTotal__PerSecond"] = "1" },
        $"ulimit -n {Files}; ");

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (_deployment is not null)
            await _deployment.DisposeAsync();
    }

    [Test]
    public async Task Connections_MoreThanFiles_LeaveTheProxiesCallersAlone()
    {
        (await _deployment.Node.LogAsync()).Should().ContainMatch($"*The process may have {Files} files open*raise LimitNOFILE*");
        var idle = new List<Socket>();
        try
        {
            for (var number = 0; number < IdleConnections; number++)
                idle.Add(await ConnectAsync(_deployment.Node.Port));

            foreach (var proxy in _deployment.Proxies)
            {
                using var client = SeparateDeployment.Client(proxy);
                for (var call = 0; call < Calls; call++)
                    (await client.AdminAsync(_deployment.Tenants[1], "/api/v1/sdk-chat")).Status.Should().Be(200, proxy.Name);
            }

            Directory.GetFileSystemEntries($"/proc/{_deployment.Node.Id}/fd").Should().HaveCountLessThan(Files);
        }
        finally
        {
            idle.ForEach(connection => connection.Dispose());
        }

        (await _deployment.Node.LogAsync()).Should().NotContainMatch("*No connection can be accepted*");
    }

    [Test]
    public async Task Key_OverAllItsProfiles_IsLimitedAlone()
    {
        var (flooding, other) = (_deployment.Tenants[0], _deployment.Tenants[1]);
        foreach (var proxy in _deployment.Proxies)
        {
            using var client = SeparateDeployment.Client(proxy);
            var profiles = Enumerable.Range(0, Profiles).Select(_ => Guid.NewGuid()).ToArray();
            var statuses = new System.Collections.Concurrent.ConcurrentBag<int>();

            await Parallel.ForEachAsync(
                Enumerable.Range(0, Profiles * CallsOfEach), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (call, _) =>
                    statuses.Add((await client.SdkAsync(flooding, HttpMethod.Get, $"/v1/profile/{profiles[call % Profiles]}")).Status));

            statuses.Distinct().Should().BeSubsetOf([404, 429], proxy.Name).And.Contain(429, proxy.Name);
            (await client.SdkAsync(other, HttpMethod.Get, "/v1/validation")).Status.Should().Be(200, proxy.Name);
        }
    }

    private static async Task<Socket> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return socket;
    }
}
