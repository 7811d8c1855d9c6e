using SdkChat.Application.Live;

namespace SdkChat.Api.Live;

/// <summary>Carries a stream's frames to its reader, as fast as the reader takes them.</summary>
internal static class SseTransport
{
    /// <returns>False when the stream was cut off in the middle: what has been written must not look like a proper end.</returns>
    public static async Task<bool> SendAsync(ILiveStream stream, HttpContext http)
    {
        try
        {
            var output = StreamOutputs.First(http);
            if (await stream.WaitAsync())
                await output.SendAsync(stream);
            output = http.RequestServices.GetRequiredService<StreamOutputs>().After(output, http);
            while (await stream.WaitAsync(output.Direct))
                await output.SendAsync(stream);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // Aborted by the hub, whose reason stands; or the reader is gone, and the web server has noticed while we sent.
            stream.End(StreamEndReason.ClientGone);
            return false;
        }

        return !stream.Aborted.IsCancellationRequested;
    }
}
