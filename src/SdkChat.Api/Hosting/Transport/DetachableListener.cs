using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace SdkChat.Api.Hosting.Transport;

/// <summary>Accepts connections at one address.</summary>
internal sealed class DetachableListener(
    Socket socket, SocketTransportOptions options, MemoryPool<byte> pool, ConnectionRegistry registry,
    AcceptPause pause) : IConnectionListener
{
    public EndPoint EndPoint { get; } = socket.LocalEndPoint!;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var accepted = await socket.AcceptAsync(cancellationToken);
                pause.Accepted();
                return Start(accepted);
            }
            catch (Exception exception)
                when (exception is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return null;
            }
            catch (SocketException exception) when (AcceptPause.IsOfOneConnection(exception.SocketErrorCode))
            {
                // The client disconnected before it was accepted.
            }
            catch (SocketException exception)
            {
                await pause.WaitAsync(EndPoint, exception, cancellationToken);
            }
        }
    }

    private DetachableConnection Start(Socket accepted)
    {
        try
        {
            accepted.NoDelay = options.NoDelay;
            var connection = new DetachableConnection(accepted, pool, options.MaxReadBufferSize ?? 0, registry);
            connection.Start();
            return connection;
        }
        catch
        {
            accepted.Dispose();
            throw;
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        socket.Dispose();
        return default;
    }

    /// <summary>The memory pool is not disposed: open connections still use it.</summary>
    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return default;
    }
}
