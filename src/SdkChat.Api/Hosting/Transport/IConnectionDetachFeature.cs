using System.Net.Sockets;

namespace SdkChat.Api.Hosting.Transport;

/// <summary>A connection whose socket can be detached from the web server (a feature of the connection).</summary>
internal interface IConnectionDetachFeature
{
    /// <summary>Whether the web server writes directly to the socket, without TLS in between.</summary>
    bool IsPossible { get; }

    /// <summary>
    /// A request of the connection has begun. Before the first request and between requests the connection is idle and may be closed to
    /// make room.
    /// </summary>
    void RequestBegins();

    /// <summary>The request has ended.</summary>
    void RequestEnds();

    /// <summary>
    /// Drops the web server's further writes; the web server releases the connection when the request ends. Data that the client sends is
    /// discarded. The caller owns the socket and closes it.
    /// </summary>
    /// <param name="gone">
    /// Called when the client disconnects or sends more than a listener would; at once if it has already done so.
    /// </param>
    Socket Detach(Action gone);
}
