using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace SdkChat.TestSupport;

/// <summary>
/// Stands between a node and its database, which it makes reachable over TCP, and can let open connections die without a word, as a
/// firewall does that forgets them: nothing is refused or closed, and nothing comes through. New connections are well.
/// </summary>
public sealed class FrozenProxy : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly ConcurrentBag<int> _clientPorts = [];

    // A frozen connection has no other reference, and collecting its sockets would close them.
    private readonly ConcurrentBag<Socket> _sockets = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly EndPoint _server;
    private readonly Task _accepting;

    private CancellationTokenSource _frozen = new();

    /// <param name="folder">Where the server has its socket.</param>
    /// <param name="listener">Where to listen: on this machine's loopback unless it says otherwise.</param>
    public FrozenProxy(string folder, int port, TcpListener? listener = null)
    {
        _server = new UnixDomainSocketEndPoint($"{folder}/.s.PGSQL.{port}");
        _listener = listener ?? new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Where the connections came from that it has had.</summary>
    public IReadOnlyCollection<int> ClientPorts => _clientPorts;

    /// <summary>From now on nothing passes on the connections that are open.</summary>
    public void Freeze() => Interlocked.Exchange(ref _frozen, new CancellationTokenSource()).Cancel();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        foreach (var socket in _sockets)
            socket.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptSocketAsync(_stop.Token);
                _clientPorts.Add(((IPEndPoint)near.RemoteEndPoint!).Port);
                var far = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                _sockets.Add(near);
                _sockets.Add(far);
                await far.ConnectAsync(_server, _stop.Token);
                var frozen = _frozen.Token;
                _ = CopyAsync(near, far, frozen);
                _ = CopyAsync(far, near, frozen);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task CopyAsync(Socket from, Socket to, CancellationToken frozen)
    {
        using var until = CancellationTokenSource.CreateLinkedTokenSource(frozen, _stop.Token);
        try
        {
            await new NetworkStream(from).CopyToAsync(new NetworkStream(to), until.Token);
            to.Close();
        }
        catch (OperationCanceledException) when (frozen.IsCancellationRequested)
        {
            // Both sides stay open, and wait.
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or InvalidOperationException)
        {
            from.Close();
            to.Close();
        }
    }
}
