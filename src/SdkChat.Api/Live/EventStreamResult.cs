using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using SdkChat.Api.Hosting.Transport;
using SdkChat.Application.Live;
using SdkChat.Infrastructure.Live.Sse;

namespace SdkChat.Api.Live;

/// <summary>Responds with a stream, and prevents buffering and changes between the hub and the client.</summary>
internal sealed class EventStreamResult(StreamLease lease) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        var (stream, connection) = (lease.Stream, GetDetachable(http));
        DisableBuffering(http);
        WriteHeaders(http.Response.Headers, isLast: connection is not null);
        // They are not read again and would be kept for as long as the request: a token alone is most of a kilobyte.
        http.Request.Headers.Clear();
        bool isOpen;
        await using (http.RequestAborted.UnsafeRegister(static state => ((ILiveStream)state!).End(StreamEndReason.ClientGone), stream))
        {
            var body = http.Response.BodyWriter;
            isOpen = await SseOutput.SendFirstAsync(stream, body);
            if (connection is null)
                isOpen = isOpen && await SseOutput.SendRestAsync(stream, body, http.Features.Get<IConnectionSocketFeature>()?.Socket);
        }

        if (!isOpen)
            http.Abort();
        else if (connection is not null)
            http.RequestServices.GetRequiredService<DetachedStreams>().Take(lease, connection);
    }

    /// <summary>
    /// The connection, if bytes written to its socket continue the body: no TLS, no HTTP/2, no HTTP/1.0 whose body is not chunked, and no
    /// request body that the web server would have to read first.
    /// </summary>
    private static IConnectionDetachFeature? GetDetachable(HttpContext http) =>
        http.Features.Get<IConnectionDetachFeature>() is { IsPossible: true } connection
        && HttpProtocol.IsHttp11(http.Request.Protocol)
        && http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }
            ? connection
            : null;

    private static void DisableBuffering(HttpContext http)
    {
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        // The hub ends slow streams, with a reason. (HTTP/2 has no such feature.)
        if (http.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }

    private static void WriteHeaders(IHeaderDictionary headers, bool isLast)
    {
        headers.ContentType = SseOutput.ContentType;
        // The contract does not list no-transform. Without it, a proxy or middleware that compresses would buffer the stream.
        headers.CacheControl = "no-cache, no-store, no-transform";
        headers["X-Accel-Buffering"] = "no";
        if (isLast)
            headers.Connection = "close";
    }
}
