using System.Buffers;
using System.IO.Pipelines;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>Writes frames to the response body of the web server, for every HTTP version.</summary>
internal sealed class ResponseBodyOutput(PipeWriter body)
{
    /// <summary>Queued frames are sent together, up to about this many bytes.</summary>
    private const int BatchBytes = 16 * 1024;

    /// <summary>Sends the queued frames in order. Returns when they have left this process.</summary>
    /// <exception cref="OperationCanceledException">The stream was aborted meanwhile.</exception>
    public async ValueTask SendAsync(ISseStream stream)
    {
        var written = 0;
        while (written < BatchBytes && stream.TryRead(out var frame))
        {
            body.Write(frame.Span);
            written += frame.Length;
        }

        await body.FlushAsync(stream.Aborted);
    }
}
