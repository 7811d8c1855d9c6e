using System.Net.Sockets;
using SdkChat.Api.Hosting.Transport;
using SdkChat.Application.Live;
using SdkChat.Infrastructure.Live.Sse;

namespace SdkChat.Api.Live;

/// <summary>
/// The streams whose connections were detached from the web server (docs/decisions/0017). Each is a socket and the hub's subscriber; the
/// web server keeps no object of it. A stopping host waits for their last bytes, as the web server does for its requests.
/// </summary>
internal sealed class DetachedStreams(ConnectionRegistry registry) : IHostedLifecycleService
{
    private readonly TaskCompletionSource _allClosed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The number of streams plus one until the host stops.</summary>
    private int _open = 1;

    /// <summary>The number of detached streams.</summary>
    public int Open => Volatile.Read(ref _open) - 1;

    /// <summary>Takes over a stream whose headers and first frame were sent.</summary>
    public void Take(StreamLease lease, IConnectionDetachFeature connection)
    {
        var stream = lease.Release();
        Interlocked.Increment(ref _open);
        var socket = connection.Detach(() => stream.End(StreamEndReason.ClientGone));
        // The stream must not keep the request's context alive.
        using (ExecutionContext.SuppressFlow())
            _ = RunAsync(stream, socket);
    }

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Leave();
        return _allClosed.Task.WaitAsync(cancellationToken);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task RunAsync(ILiveStream stream, Socket socket)
    {
        try
        {
            if (await SseOutput.SendRestAsync(stream, socket))
                socket.Shutdown(SocketShutdown.Both);
            else
                // Closed with a reset, so that the client can distinguish it from an end; unsent bytes are dropped.
                socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The client closed the connection first.
        }
        finally
        {
            socket.Dispose();
            registry.Left();
            stream.Dispose();
            Leave();
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _open) == 0)
            _allClosed.TrySetResult();
    }
}
