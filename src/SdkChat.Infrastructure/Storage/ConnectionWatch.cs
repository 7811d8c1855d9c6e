using System.Collections.Concurrent;
using System.Net.Sockets;
using Npgsql;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// Closes connections whose peer does not acknowledge data, about two seconds after it stopped. Otherwise a statement on a connection that
/// a firewall has dropped waits for its whole time-out, and looks like a slow one: the host of a slow server acknowledges. TCP_USER_TIMEOUT
/// would do the same in the kernel, but Npgsql treats its ETIMEDOUT as a slow statement and opens another connection, on a blocked thread,
/// to cancel it (docs/decisions/0034). Linux only; elsewhere it does nothing.
/// </summary>
internal sealed class ConnectionWatch : IDisposable
{
    /// <summary>
    /// Retransmissions without an acknowledgement: after 0.2, 0.6 and 1.4 seconds if the round trip is short. A fourth would come after 3
    /// seconds, when calls that wait for a connection reach their own time-out.
    /// </summary>
    private const int Unanswered = 3;

    /// <summary>Keep-alive probes without a reply after which a connection counts as broken.</summary>
    private const int KeepAliveProbes = 3;

    private const int Tcp = 6;
    private const int TcpInfo = 11;
    private const int RetransmitsOffset = 2;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<Socket, bool> _sockets = new(ReferenceEqualityComparer.Instance);
    private readonly ITimer _timer;

    public ConnectionWatch(TimeProvider clock) => _timer = clock.CreateTimer(_ => Look(), null, Interval, Interval);

    /// <summary>For all pools of the process. Closed sockets are removed.</summary>
    public static ConnectionWatch Shared { get; } = new(TimeProvider.System);

    public void Add(NpgsqlConnection connection)
    {
        if (!OperatingSystem.IsLinux() || ConnectionSocket.Find(connection) is not { } socket)
            return;

        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveProbes);
        _sockets[socket] = true;
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        foreach (var socket in _sockets.Keys)
        {
            try
            {
                Look(socket);
            }
            catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
            {
                // Closed by its owner or by the kernel.
                _sockets.TryRemove(socket, out _);
            }
        }
    }

    private static void Look(Socket socket)
    {
        Span<byte> info = stackalloc byte[RetransmitsOffset + 1];
        socket.GetRawSocketOption(Tcp, TcpInfo, info);
        if (info[RetransmitsOffset] >= Unanswered)
            socket.Shutdown(SocketShutdown.Both);

        // If keep-alive fails on an idle connection, the kernel keeps a time-out as the socket's error. Reading the error
        // clears it, and the next user of the connection finds it closed.
        socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error);
    }
}
