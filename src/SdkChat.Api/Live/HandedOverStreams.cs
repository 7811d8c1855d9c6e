using System.Net.Sockets;
using SdkChat.Api.Hosting.Transport;
using SdkChat.Application.Live;

namespace SdkChat.Api.Live;

/// <summary>
/// The streams that have outlived their requests: each is a socket, what the hub knows of it, and nothing of the web server's
/// (docs/decisions/0017). A host that stops waits for their last bytes as the web server does for its requests.
/// </summary>
internal sealed class HandedOverStreams(ConnectionRegistry registry) : IHostedLifecycleService
{
    private static readonly ReadOnlyMemory<byte> LastChunk = "0\r\n\r\n"u8.ToArray();

    private readonly TaskCompletionSource _allGone = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The host itself is one until it stops.</summary>
    private int _open = 1;

    /// <summary>How many there are, but for the host.</summary>
    public int Open => Volatile.Read(ref _open) - 1;

    /// <summary>Takes a stream of which the headers and the first frame have left.</summary>
    public void Take(StreamOwner owner, IHandover connection)
    {
        var stream = owner.Stream;
        owner.Release();
        Interlocked.Increment(ref _open);
        var socket = connection.HandOver(() => stream.End(StreamEndReason.ClientGone));
        // What runs from here on must not keep the request's context.
        using (ExecutionContext.SuppressFlow())
            _ = RunAsync(stream, socket);
    }

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Leave();
        return _allGone.Task.WaitAsync(cancellationToken);
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
            var output = new SocketOutput(socket);
            stream.Watch(output);
            if (await SseTransport.SendAsync(stream, output) && await SaidGoodbyeAsync(stream, socket))
                socket.Shutdown(SocketShutdown.Both);
            else
                // With a reset: a reader must be able to tell, and what it has not taken need not be kept for it.
                socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The reader was faster.
        }
        finally
        {
            socket.Dispose();
            registry.Left();
            stream.Dispose();
            Leave();
        }
    }

    private static async ValueTask<bool> SaidGoodbyeAsync(ILiveStream stream, Socket socket)
    {
        try
        {
            await socket.SendAsync(LastChunk, SocketFlags.None, stream.Aborted);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _open) == 0)
            _allGone.TrySetResult();
    }
}
