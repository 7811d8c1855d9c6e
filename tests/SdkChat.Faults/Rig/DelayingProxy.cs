using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace SdkChat.Faults.Rig;

/// <summary>A network between the nodes and the database on which every packet, in each direction, takes a while.</summary>
internal sealed class DelayingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly EndPoint _server;
    private readonly Task _accepting;

    /// <param name="folder">Where the server has its socket.</param>
    public DelayingProxy(string folder)
    {
        _server = new UnixDomainSocketEndPoint($"{folder}/.s.PGSQL.5432");
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How long a packet takes that enters now.</summary>
    public TimeSpan Delay { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var near = await _listener.AcceptSocketAsync(_stop.Token);
                near.NoDelay = true;
                var far = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await far.ConnectAsync(_server, _stop.Token);
                _ = CarryAsync(near, far);
                _ = CarryAsync(far, near);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Stopped, or the server is away.
            }
        }
    }

    /// <summary>What is under way does not hold up what comes after it: a long way, not a narrow one.</summary>
    private async Task CarryAsync(Socket from, Socket to)
    {
        var way = Channel.CreateUnbounded<(byte[] Packet, long Due)>();
        var arriving = ArriveAsync(way.Reader, to);
        try
        {
            var buffer = new byte[64 * 1024];
            for (int length; (length = await from.ReceiveAsync(buffer, _stop.Token)) > 0;)
                way.Writer.TryWrite((buffer[..length], Stopwatch.GetTimestamp() + (long)(Delay.TotalSeconds * Stopwatch.Frequency)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Cut off.
        }

        way.Writer.Complete();
        await arriving;
    }

    private async Task ArriveAsync(ChannelReader<(byte[] Packet, long Due)> way, Socket to)
    {
        try
        {
            await foreach (var (packet, due) in way.ReadAllAsync(_stop.Token))
            {
                var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
                if (left > TimeSpan.Zero)
                    await Task.Delay(left, _stop.Token);
                await to.SendAsync(packet, _stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Cut off.
        }

        to.Close();
    }
}
