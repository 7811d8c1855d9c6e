using System.Collections.Concurrent;
using System.Net.Sockets;
using Npgsql;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// Ends connections whose peer does not acknowledge what is sent, some two seconds after it stopped. Otherwise a statement on a
/// connection that a firewall has forgotten waits for its whole time-out, and cannot be told from a slow one: the host of a slow
/// server acknowledges. TCP_USER_TIMEOUT would do it in the kernel, but Npgsql takes its ETIMEDOUT for a slow statement and
/// opens another connection, on a blocked thread, to cancel that (docs/decisions/0034). Linux only; elsewhere it does nothing.
/// </summary>
internal sealed class ConnectionWatch : IDisposable
{
    /// <summary>
    /// Retransmissions without an answer: after 0.2, 0.6 and 1.4 seconds where the round trip is short. A fourth comes after 3 seconds, when calls
    /// that wait for a connection reach their own time-out.
    /// </summary>
    private const int Unanswered = 3;

    /// <summary>Questions to a silent peer before its connection counts as dead.</summary>
    private const int KeepAliveQuestions = 3;

    private const int Tcp = 6;
    private const int TcpInfo = 11;
    private const int RetransmitsOffset = 2;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<Socket, bool> _sockets = new(ReferenceEqualityComparer.Instance);
    private readonly ITimer _timer;

    public ConnectionWatch(TimeProvider clock) => _timer = clock.CreateTimer(_ => Look(), null, Interval, Interval);

    /// <summary>For all pools of the process; sockets that are closed are forgotten.</summary>
    public static ConnectionWatch Shared { get; } = new(TimeProvider.System);

    public void Add(NpgsqlConnection connection)
    {
        if (!OperatingSystem.IsLinux() || ConnectionSocket.Find(connection) is not { } socket)
            return;

        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, KeepAliveQuestions);
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
                // Closed, by its user or by the kernel.
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

        // What keep-alive found on a connection that waits is a time-out to the kernel. Once asked for it is gone, and whoever uses the
        // connection next finds it closed.
        socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error);
    }
}
