using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using SdkChat.Infrastructure.Live;

namespace SdkChat.Api.Live;

/// <summary>Chooses how a stream's frames travel.</summary>
internal sealed class StreamOutputs(IOptions<LiveOptions> live, IOptions<SocketTransportOptions> transport)
{
    /// <summary>
    /// With so small a buffer between the web server and the socket, a flush is done when its bytes are with the socket. That is
    /// how we know that the headers, and at the end of the response our own bytes, have left before whatever comes next.
    /// </summary>
    public const int FlushMeansSent = 1;

    /// <summary>How every response begins.</summary>
    public static IStreamOutput First(HttpContext http) => new OrdinaryOutput(http.Response.BodyWriter);

    /// <summary>How it goes on once its headers and first frame are flushed.</summary>
    public IStreamOutput After(IStreamOutput first, HttpContext http) =>
        live.Value.DirectOutput && SocketOf(http) is { } socket ? new SocketOutput(socket) : first;

    /// <summary>
    /// The connection's socket, where bytes written to it are the body's next: no TLS, no HTTP/2, no HTTP/1.0 or other body that is not
    /// chunked, and nothing of the web server's that may still be on its way.
    /// </summary>
    private System.Net.Sockets.Socket? SocketOf(HttpContext http) =>
        transport.Value.MaxWriteBufferSize == FlushMeansSent
        && HttpProtocol.IsHttp11(http.Request.Protocol)
        && http.Response.Headers.TransferEncoding == "chunked"
        && http.Features.Get<ITlsConnectionFeature>() is null
        && http.Features.Get<ITlsHandshakeFeature>() is null
            ? http.Features.Get<IConnectionSocketFeature>()?.Socket
            : null;
}
