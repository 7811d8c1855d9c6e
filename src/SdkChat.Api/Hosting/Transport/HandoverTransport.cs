using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using SdkChat.Infrastructure.Live;

namespace SdkChat.Api.Hosting.Transport;

/// <summary>
/// Kestrel's TCP, of which a connection can be handed over (docs/decisions/0017). The web server's own transport closes the
/// socket when its connection ends, and an idle stream would have to keep all that belongs to a connection and a request. What
/// is no IP address, and everything with <see cref="LiveOptions.DirectOutput"/> off, is left to that transport.
/// </summary>
internal sealed class HandoverTransport(
    IOptions<SocketTransportOptions> options, IOptions<LiveOptions> live, IMemoryPoolFactory<byte> pools, ConnectionRegistry registry, AcceptPause pause)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => endpoint is IPEndPoint && live.Value.DirectOutput;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = options.Value.CreateBoundListenSocket(endpoint);
        try
        {
            socket.Listen(options.Value.Backlog);
            return ValueTask.FromResult<IConnectionListener>(new HandoverListener(socket, options.Value, pools.Create(), registry, pause));
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            socket.Dispose();
            throw new AddressInUseException(exception.Message, exception);
        }
    }
}
