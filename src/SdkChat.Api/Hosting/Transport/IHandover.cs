using System.Net.Sockets;

namespace SdkChat.Api.Hosting.Transport;

/// <summary>A connection whose socket can be taken out of the web server's hands (a feature of the connection).</summary>
internal interface IHandover
{
    /// <summary>Whether the server's bytes are the socket's: nothing, such as TLS, stands between them.</summary>
    bool IsPossible { get; }

    /// <summary>A request of the connection has been read. Between requests, and before the first, the connection rests and may be closed for another.</summary>
    void RequestBegins();

    /// <summary>The request is answered.</summary>
    void RequestEnds();

    /// <summary>
    /// From here on the web server's bytes reach nobody, and it forgets the connection as soon as the request is done. Whatever the
    /// client sends is thrown away. The socket is the caller's, to close too.
    /// </summary>
    /// <param name="gone">Called once the client has hung up, or has sent more than anybody who only listens would. At once if it has already.</param>
    Socket HandOver(Action gone);
}
