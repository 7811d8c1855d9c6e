using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using SdkChat.Api.Hosting.Transport;
using SdkChat.Application.Live;

namespace SdkChat.Api.Live;

/// <summary>Answers with a stream that is left as it is by everything between the hub and the reader.</summary>
internal sealed class EventStreamResult(StreamOwner owner) : IActionResult
{
    public const string ContentType = "text/event-stream";

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        var (stream, handover) = (owner.Stream, HandoverOf(http));
        Unbuffer(http);
        WriteHeaders(http.Response.Headers, isLast: handover is not null);
        // Nobody reads them any more, and they are kept for as long as the request: a token alone is most of a kilobyte.
        http.Request.Headers.Clear();
        bool goesOn;
        await using (http.RequestAborted.UnsafeRegister(static state => ((ILiveStream)state!).End(StreamEndReason.ClientGone), stream))
        {
            var output = new OrdinaryOutput(http.Response.BodyWriter);
            goesOn = await SseTransport.SendFirstAsync(stream, output);
            if (handover is null)
                goesOn = goesOn && await SendAsync(http, stream, output);
        }

        if (!goesOn)
            http.Abort();
        else if (handover is not null)
            http.RequestServices.GetRequiredService<HandedOverStreams>().Take(owner, handover);
    }

    /// <summary>
    /// The connection, where bytes written to its socket are the body's next: no TLS, no HTTP/2, no HTTP/1.0 whose body is not chunked,
    /// and no body of the request that the web server would want to read first.
    /// </summary>
    private static IHandover? HandoverOf(HttpContext http) =>
        http.Features.Get<IHandover>() is { IsPossible: true } handover
        && HttpProtocol.IsHttp11(http.Request.Protocol)
        && http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false }
            ? handover
            : null;

    private static Task<bool> SendAsync(HttpContext http, ILiveStream stream, OrdinaryOutput output)
    {
        // Several streams of one HTTP/2 connection have the same: it answers for all of them or for none.
        if (http.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
            stream.Watch(new TcpPeer(socket));
        return SseTransport.SendAsync(stream, output);
    }

    private static void Unbuffer(HttpContext http)
    {
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        // A slow reader is the hub's business, which gives the end its name. (HTTP/2 has no such feature.)
        if (http.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }

    private static void WriteHeaders(IHeaderDictionary headers, bool isLast)
    {
        headers.ContentType = ContentType;
        // With no-transform, which the contract does not list, a proxy or middleware that compresses leaves the stream alone: else it holds it back.
        headers.CacheControl = "no-cache, no-store, no-transform";
        headers["X-Accel-Buffering"] = "no";
        if (isLast)
            headers.Connection = "close";
    }
}
