using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace SdkChat.Api.Hosting.Transport;

/// <summary>Takes connections of one address.</summary>
internal sealed class HandoverListener(
    Socket socket, SocketTransportOptions options, MemoryPool<byte> pool, ConnectionRegistry registry, AcceptPause pause) : IConnectionListener
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
            catch (Exception exception) when (exception is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return null;
            }
            catch (SocketException exception) when (AcceptPause.IsOfOneConnection(exception.SocketErrorCode))
            {
                // The client hung up while it waited for us.
            }
            catch (SocketException exception)
            {
                await pause.WaitAsync(EndPoint, exception, cancellationToken);
            }
        }
    }

    private HandoverConnection Start(Socket accepted)
    {
        try
        {
            accepted.NoDelay = options.NoDelay;
            var connection = new HandoverConnection(accepted, pool, options.MaxReadBufferSize ?? 0, registry);
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

    /// <summary>Connections may still be open, and they draw on the pool: it goes with the last of them.</summary>
    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return default;
    }
}
