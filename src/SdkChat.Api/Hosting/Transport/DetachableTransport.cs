using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using SdkChat.Infrastructure.Live;

namespace SdkChat.Api.Hosting.Transport;

/// <summary>
/// A TCP transport for Kestrel whose connections can be detached (docs/decisions/0017). Kestrel's own transport closes the socket with its
/// connection, so an idle stream would keep a whole connection and request. That transport still serves endpoints that are not IP
/// addresses, and all endpoints while <see cref="LiveOptions.DirectOutput"/> is off.
/// </summary>
internal sealed class DetachableTransport(
    IOptions<SocketTransportOptions> options, IOptions<LiveOptions> live, IMemoryPoolFactory<byte> pools, ConnectionRegistry registry,
    AcceptPause pause)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => endpoint is IPEndPoint && live.Value.DirectOutput;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = options.Value.CreateBoundListenSocket(endpoint);
        try
        {
            socket.Listen(options.Value.Backlog);
            return ValueTask.FromResult<IConnectionListener>(new DetachableListener(
                socket, options.Value, pools.Create(), registry, pause));
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            socket.Dispose();
            throw new AddressInUseException(exception.Message, exception);
        }
    }
}
