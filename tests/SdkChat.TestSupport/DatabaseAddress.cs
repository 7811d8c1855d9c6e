using System.Net;
using System.Net.Sockets;

namespace SdkChat.TestSupport;

/// <summary>
/// A port of 127.0.0.1 that stays, while the PostgreSQL server behind it is replaced by another: what a name in the DNS or a
/// virtual address is in production.
/// </summary>
public sealed class DatabaseAddress : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    private (EndPoint? Server, CancellationTokenSource Open) _current = (null, new CancellationTokenSource());

    public DatabaseAddress()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>
    /// Cuts every connection; new ones reach the server that has its socket in <paramref name="folder"/>, or nothing where that is null.
    /// </summary>
    public void PointTo(string? folder)
    {
        var former = _current.Open;
        _current = (folder is null ? null : new UnixDomainSocketEndPoint($"{folder}/.s.PGSQL.5432"), new CancellationTokenSource());
        former.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptSocketAsync(_stop.Token);
                var (server, open) = _current;
                _ = ServeAsync(near, server, open.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(Socket near, EndPoint? server, CancellationToken open)
    {
        using var until = CancellationTokenSource.CreateLinkedTokenSource(open, _stop.Token);
        using var far = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            if (server is null)
                return;

            await far.ConnectAsync(server, until.Token);
            await await Task.WhenAny(CopyAsync(near, far, until.Token), CopyAsync(far, near, until.Token));
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // One side has gone, or was told to: so goes the other.
        }
        finally
        {
            near.Dispose();
        }
    }

    private static async Task CopyAsync(Socket from, Socket to, CancellationToken cancellationToken)
    {
        await using var source = new NetworkStream(from);
        await using var target = new NetworkStream(to);
        await source.CopyToAsync(target, cancellationToken);
    }
}
