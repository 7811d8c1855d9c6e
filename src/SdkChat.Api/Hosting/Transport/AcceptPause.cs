using System.Net;
using System.Net.Sockets;

namespace SdkChat.Api.Hosting.Transport;

/// <summary>
/// Handles a lack of files or memory for another connection: it closes idle connections and pauses accepting, since the waiting connection
/// would otherwise be refused in an endless loop.
/// </summary>
internal sealed partial class AcceptPause(ConnectionRegistry registry, FileLimit limit, TimeProvider clock, ILogger<AcceptPause> logger)
{
    /// <summary>How many connections are closed at once: room for the waiting one, and for the files that its request may open.</summary>
    private const int MakeRoomFor = 16;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LogInterval = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long? _logged;
    private long _failures;
    private bool _isFailing;

    /// <summary>Whether an error concerns only the connection that was to be accepted, so that the next may succeed.</summary>
    public static bool IsOfOneConnection(SocketError error) => error
        is SocketError.ConnectionAborted or SocketError.ConnectionReset or SocketError.TimedOut or SocketError.HostUnreachable
        or SocketError.NetworkUnreachable or SocketError.NetworkDown or SocketError.HostDown;

    /// <summary>Records that a connection was accepted.</summary>
    public void Accepted()
    {
        if (Volatile.Read(ref _isFailing))
            Recovered();
    }

    public async ValueTask WaitAsync(EndPoint endpoint, SocketException exception, CancellationToken cancellationToken)
    {
        var closed = registry.CloseIdle(MakeRoomFor);
        Failed(endpoint, exception, closed);
        await Task.Delay(Pause, clock, cancellationToken);
    }

    private void Failed(EndPoint endpoint, SocketException exception, int closed)
    {
        lock (_gate)
        {
            _failures++;
            _isFailing = true;
            if (_logged is { } last && clock.GetElapsedTime(last) < LogInterval)
                return;

            _logged = clock.GetTimestamp();
        }

        AcceptFailed(endpoint.ToString(), exception.SocketErrorCode, registry.Open, closed, limit.Most);
    }

    private void Recovered()
    {
        long failures;
        lock (_gate)
            (failures, _failures, _isFailing) = (_failures, 0, false);
        AcceptsAgain(failures);
    }

    [LoggerMessage(
        1002, LogLevel.Error,
        "No connection can be accepted at {EndPoint} ({Error}) with {Open} connections open; {Closed} idle ones are closed "
            + "and accepting pauses. The process may have {Limit} files open: raise LimitNOFILE or ulimit -n, "
            + "or lower Server:MaxConnections")]
    private partial void AcceptFailed(string? endPoint, SocketError error, int open, int closed, long limit);

    [LoggerMessage(1003, LogLevel.Debug, "Connections are accepted again, after {Failures} failures")]
    private partial void AcceptsAgain(long failures);
}
