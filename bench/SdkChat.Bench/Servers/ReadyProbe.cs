using System.Net;
using System.Net.Sockets;

namespace SdkChat.Bench.Servers;

/// <summary>
/// Asks a server that starts whether it is ready, every few milliseconds and on a plain socket: the first use of an <c>HttpClient</c> takes
/// a tenth of a second of its own, which would count as the server's.
/// </summary>
internal static class ReadyProbe
{
    private static readonly byte[] Request = "GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"u8.ToArray();
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    public static async Task UntilReadyAsync(int port, CancellationToken cancellationToken)
    {
        await FreePort.UntilOpenAsync(port, cancellationToken);
        while (!await IsReadyAsync(port, cancellationToken))
            await Task.Delay(Pause, cancellationToken);
    }

    private static async Task<bool> IsReadyAsync(int port, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        await socket.SendAsync(Request, cancellationToken);
        var response = new byte["HTTP/1.1 200".Length];
        for (int read, length = 0; length < response.Length; length += read)
        {
            read = await socket.ReceiveAsync(response.AsMemory(length), cancellationToken);
            if (read == 0)
                return false;
        }

        return response.AsSpan().EndsWith(" 200"u8);
    }
}
