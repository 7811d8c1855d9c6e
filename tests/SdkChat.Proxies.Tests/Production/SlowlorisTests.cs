using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using SdkChat.Proxies.Tests.Production.Rig;
using SdkChat.Proxies.Tests.Rig;
using SdkChat.TestSupport;

namespace SdkChat.Proxies.Tests.Production;

/// <summary>Many connections that send next to nothing, through the shipped files with the times that they have.</summary>
public sealed partial class SlowlorisTests
{
    private const int Connections = 200;

    /// <summary>What other tests may open meanwhile.</summary>
    private const int Others = 100;

    private const string HalfAHeader = "GET /v1/validation HTTP/1.1\r\nHost: api.aika.life\r\nX-Slow: ";

    /// <summary>Above what the proxies allow, and what a busy machine adds.</summary>
    private static readonly TimeSpan Deadline = Deadlines.Soon;

    private static readonly HttpClient Metrics = new();

    [Test]
    public async Task Headers_ThatDoNotEnd_CostNoNodeAndNoCallerAnything()
    {
        var (nginx, haproxy) = (ProductionSetup.Rig.Nginx, ProductionSetup.Rig.Haproxy);
        await Task.WhenAll(AttackAsync(nginx, HalfAHeader, reachesNodes: false), AttackAsync(haproxy, HalfAHeader, reachesNodes: false));
    }

    /// <summary>HAProxy hands a body on as it comes; there it is the node that ends it (<c>Server:MinBodyBytesPerSecond</c>).</summary>
    [Test]
    public async Task Bodies_ThatDoNotEnd_CostNoCallerAnything()
    {
        var halfABody = $"POST /v1/profile HTTP/1.1\r\nHost: api.aika.life\r\nX-API-KEY: {ProductionSetup.Rig.Tenants[0].SdkKey}\r\n"
            + "Content-Type: application/json\r\nContent-Length: 60000\r\n\r\n{";
        // The second attack brings connections to the nodes, so it begins when the first one's have been counted.
        var counted = new TaskCompletionSource();
        var first = AttackAsync(ProductionSetup.Rig.Nginx, halfABody, reachesNodes: false, counted);
        await Task.WhenAny(first, counted.Task);
        await Task.WhenAll(first, AttackAsync(ProductionSetup.Rig.Haproxy, halfABody, reachesNodes: true));
    }

    /// <param name="counted">Completed when the nodes' connections have been counted.</param>
    private static async Task AttackAsync(Proxy proxy, string request, bool reachesNodes, TaskCompletionSource? counted = null)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        var before = await OpenConnectionsAsync();
        var slow = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => ConnectAsync(proxy, request)));
        var ends = Task.WhenAll(slow.Select(socket => UntilClosedAsync(socket, deadline.Token)));

        using var victim = new RigClient(proxy, ProductionSetup.Rig.Certificate);
        var answers = 0;
        while (!ends.IsCompleted || answers < 20)
        {
            (await victim.SdkAsync(ProductionSetup.Rig.Tenants[1], HttpMethod.Get, "/v1/validation")).Status.Should().Be(200, proxy.Name);
            if (++answers == 20)
            {
                if (!reachesNodes)
                    (await OpenConnectionsAsync() - before).Should().BeLessThan(Others, $"{proxy.Name} keeps them to itself");
                counted?.SetResult();
            }

            await Task.WhenAny(ends, NextAsync());
        }

        await ends;
        Array.ForEach(slow, socket => socket.Dispose());
    }

    private static async Task<Socket> ConnectAsync(Proxy proxy, string request)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", proxy.Plain.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(request));
        return socket;
    }

    private static async Task UntilClosedAsync(Socket socket, CancellationToken deadline)
    {
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, deadline) > 0)
            {
                // 408, and whatever else it is told.
            }
        }
        catch (SocketException)
        {
            // Closed with a reset.
        }
    }

    /// <summary>A shopper's pace.</summary>
    private static async Task NextAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        await timer.WaitForNextTickAsync();
    }

    /// <summary>Of both nodes.</summary>
    private static async Task<int> OpenConnectionsAsync()
    {
        var scrapes = await Task.WhenAll(
            ProductionSetup.Rig.Nodes.Select(node => Metrics.GetStringAsync(new Uri($"http://127.0.0.1:{node.MetricsPort}/metrics"))));
        return scrapes.Sum(scrape => Active().Matches(scrape).Sum(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)));
    }

    [GeneratedRegex(@"^kestrel_active_connections\{[^}]*\} (\d+)", RegexOptions.Multiline)]
    private static partial Regex Active();
}
