using System.Net;
using System.Net.Sockets;
using System.Text;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Hosting.Transport;

/// <summary>Two ends of a connection, with as little room between them as the system allows.</summary>
internal sealed class ConnectedSockets : IDisposable
{
    private ConnectedSockets(Socket near, Socket far) => (Near, Far) = (near, far);

    /// <summary>The service's end.</summary>
    public Socket Near { get; }

    public Socket Far { get; }

    public static async Task<ConnectedSockets> OpenAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await far.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        var near = await listener.AcceptSocketAsync();
        near.SendBufferSize = 4096;
        return new ConnectedSockets(near, far);
    }

    /// <summary>So many bytes, read at the far end.</summary>
    public async Task<string> ReceiveAsync(int length)
    {
        using var deadline = new CancellationTokenSource(Deadlines.Soon);
        var received = new byte[length];
        for (var count = 0; count < length;)
            count += await Far.ReceiveAsync(received.AsMemory(count), deadline.Token) is var read and > 0
                ? read
                : throw new EndOfStreamException();
        return Encoding.ASCII.GetString(received);
    }

    public void Dispose()
    {
        Near.Dispose();
        Far.Dispose();
    }
}
