using System.Net.Sockets;
using System.Text;
using SdkChat.Api.Tests.Live;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Hosting;

/// <summary>What the web server bears of those who mean no good, and that others do not notice.</summary>
public sealed class ServerLimitTests
{
    private TestApi _api = null!;

    [OneTimeSetUp]
    public async Task StartAsync() =>
        _api = await TestApi.StartAsync(SharedApi.ConnectionString, new Dictionary<string, string?>(SharedApi.Settings)
        {
            ["Server:HeaderSeconds"] = "1",
            ["Server:MaxConnections"] = "20",
            ["Server:MaxHeaders"] = "20",
            ["Server:MaxHeaderBytes"] = "2048",
        });

    [OneTimeTearDown]
    public async Task StopAsync() => await _api.DisposeAsync();

    [Test]
    public async Task Headers_ThatNeverEnd_AreNotWaitedFor()
    {
        using var slow = await ConnectAsync();
        await slow.GetStream().WriteAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-One-More: "u8.ToArray());

        (await ReadToEndAsync(slow)).Should().StartWith("HTTP/1.1 408");
    }

    [Test]
    public async Task Headers_TooManyOrTooLarge_AreRefused()
    {
        foreach (var headers
            in new[] { string.Concat(Enumerable.Range(0, 30).Select(n => $"X-{n}: 1\r\n")), $"X-Large: {new string('a', 4096)}\r\n" })
        {
            using var greedy = await ConnectAsync();
            await greedy.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /health/live HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n"));

            (await ReadToEndAsync(greedy)).Should().StartWith("HTTP/1.1 431");
        }
    }

    [Test]
    public async Task Connections_BeyondTheLimit_AreClosedAndTheOthersGoOn()
    {
        using var first = await ConnectAsync();
        var crowd = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => ConnectAsync()));
        try
        {
            (await Task.WhenAny(crowd.Select(ReadToEndAsync)).WaitAsync(Deadlines.Soon)).Status.Should().Be(TaskStatus.RanToCompletion);

            await first.GetStream().WriteAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray());
            (await ReadToEndAsync(first)).Should().StartWith("HTTP/1.1 200");
        }
        finally
        {
            Array.ForEach(crowd, connection => connection.Dispose());
        }
    }

    /// <summary>Whoever only connects cannot keep others out: the connection that has rested longest goes first.</summary>
    [Test]
    public async Task Connections_ThatRest_MakeRoomForNewOnesTheLongestFirst()
    {
        await using var api = await TestApi.StartAsync(
            SharedApi.ConnectionString, new Dictionary<string, string?>(SharedApi.Settings) { ["Server:MaxIdleConnections"] = "10" });
        using var stream = await StreamSocket.ReadyAsync(api.BaseAddress, api.TenantToken(SharedApi.Demo));
        var crowd = new List<TcpClient>();
        try
        {
            for (var i = 0; i < 30; i++)
            {
                crowd.Add(await ConnectAsync(api));
                using var response = await api.Client.GetAsync("/health/live");
                response.IsSuccessStatusCode.Should().BeTrue();
            }

            foreach (var closed in crowd.Take(20))
                (await ReadToEndAsync(closed)).Should().BeEmpty();
            await crowd[^1].GetStream().WriteAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray());
            (await ReadToEndAsync(crowd[^1])).Should().StartWith("HTTP/1.1 200");
            api.Ended(SharedApi.Demo, "client_gone").Should().Be(0, "a stream does not rest");
        }
        finally
        {
            crowd.ForEach(connection => connection.Dispose());
        }
    }

    private Task<TcpClient> ConnectAsync() => ConnectAsync(_api);

    private static async Task<TcpClient> ConnectAsync(TestApi api)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", api.BaseAddress.Port);
        return client;
    }

    /// <summary>All that comes until the server hangs up, however it does so.</summary>
    private static async Task<string> ReadToEndAsync(TcpClient client)
    {
        var received = new StringBuilder();
        var buffer = new byte[4096];
        using var deadline = new CancellationTokenSource(Deadlines.Soon);
        try
        {
            int count;
            while ((count = await client.GetStream().ReadAsync(buffer, deadline.Token)) > 0)
                received.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
        catch (IOException)
        {
            // Reset, which is an end too.
        }

        return received.ToString();
    }
}
