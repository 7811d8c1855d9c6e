using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using SdkChat.Application.Live;

namespace SdkChat.Api.Live;

/// <summary>Writes a stream to its HTTP response, until either side ends it. HTTP/1.0, 1.1 and 2 alike, TLS or not.</summary>
internal static class SseResponse
{
    public static async Task SendAsync(HttpContext context, ILiveStream stream)
    {
        Prepare(context);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stream.Aborted);
        try
        {
            await PumpAsync(context.Response, stream, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The client hung up, or did not read what it was sent; the stream knows which.
        }
        catch (IOException)
        {
            stream.End(StreamEndReason.ClientGone);
        }

        // Cut off in the middle of an event: an orderly end would pass half of it off as whole.
        if (stream.Aborted.IsCancellationRequested)
            context.Abort();
    }

    private static void Prepare(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Features.Get<IHttpRequestTimeoutFeature>()?.DisableTimeout();
        // A reader may be as slow as its queue is long; the hub decides when that is too slow.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }

    private static async Task PumpAsync(HttpResponse response, ILiveStream stream, CancellationToken cancellationToken)
    {
        var body = response.BodyWriter;
        while (await stream.WaitAsync(cancellationToken))
        {
            // Everything that has gathered leaves in one go.
            while (stream.TryTake(out var bytes))
            {
                bytes.Span.CopyTo(body.GetSpan(bytes.Length));
                body.Advance(bytes.Length);
                if (body.UnflushedBytes > 64 * 1024)
                    await body.FlushAsync(cancellationToken);
            }

            await body.FlushAsync(cancellationToken);
        }
    }
}
