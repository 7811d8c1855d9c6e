using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using SdkChat.Application.Live;

namespace SdkChat.Api.Live;

/// <summary>Answers with a stream that is left as it is by everything between the hub and the reader.</summary>
internal sealed class EventStreamResult(ILiveStream stream) : IActionResult
{
    public const string ContentType = "text/event-stream";

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        Unbuffer(http);
        WriteHeaders(http.Response.Headers);
        // Nobody reads them any more, and they are kept for as long as the stream: a token alone is most of a kilobyte.
        http.Request.Headers.Clear();
        await using var gone = http.RequestAborted.UnsafeRegister(
            static state => ((ILiveStream)state!).End(StreamEndReason.ClientGone), stream);
        if (!await SseTransport.SendAsync(stream, http))
            http.Abort();
    }

    private static void Unbuffer(HttpContext http)
    {
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        // A slow reader is the hub's business, which gives the end its name. (HTTP/2 has no such feature.)
        if (http.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }

    private static void WriteHeaders(IHeaderDictionary headers)
    {
        headers.ContentType = ContentType;
        headers.CacheControl = "no-cache, no-store";
        headers["X-Accel-Buffering"] = "no";
    }
}
