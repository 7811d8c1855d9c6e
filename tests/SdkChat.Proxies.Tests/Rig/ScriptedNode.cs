using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SdkChat.Proxies.Tests.Rig;

/// <summary>
/// A node that fails in the ways that the service must not: with headers of any size, or by closing the connection after it has read
/// the request. A plain socket, so that no web server refuses to send what a proxy cannot read.
/// </summary>
internal sealed class ScriptedNode : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    private int _readinessAnswers;

    public ScriptedNode()
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    /// <summary>Method and path of every request, without those that ask for health.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Whether it closes the connection where a request for <c>/closed</c> has arrived.</summary>
    public bool Closes { get; set; }

    /// <summary>Whether it answers a request for its readiness with 503.</summary>
    public bool IsUnready { get; set; }

    /// <summary>Requests for its readiness that were answered.</summary>
    public int ReadinessAnswers => _readinessAnswers;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        try
        {
            while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
            {
                while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 })
                {
                    // A header. No request of these tests has a body.
                }

                var request = line[..line.LastIndexOf(' ')];
                if (request.Contains("/health/", StringComparison.Ordinal))
                {
                    await client.GetStream().WriteAsync(Readiness(), _stop.Token);
                    Interlocked.Increment(ref _readinessAnswers);
                    continue;
                }

                Requests.Enqueue(request);
                if (Closes && request.EndsWith("/closed", StringComparison.Ordinal))
                    return;

                await client.GetStream().WriteAsync(Answer(request), _stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The proxy or the test has gone.
        }
    }

    private byte[] Readiness() =>
        Encoding.ASCII.GetBytes($"HTTP/1.1 {(IsUnready ? "503 Service Unavailable" : "200 OK")}\r\nContent-Length: 0\r\n\r\n");

    /// <summary><c>/headers/9000</c> is answered with a Link header of 9,000 bytes.</summary>
    private static byte[] Answer(string request)
    {
        var size = request.Split("/headers/") is [_, var number] ? int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) : 1;
        return Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nLink: {new string('x', size)}\r\nContent-Length: 4\r\n\r\nwell");
    }
}
