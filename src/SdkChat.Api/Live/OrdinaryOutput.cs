using System.Buffers;
using System.IO.Pipelines;
using SdkChat.Application.Live;

namespace SdkChat.Api.Live;

/// <summary>Through the web server, which knows how to frame a body for every protocol.</summary>
internal sealed class OrdinaryOutput(PipeWriter body) : IStreamOutput
{
    /// <summary>Frames that wait are sent together, up to about this many bytes: more would only move the queue.</summary>
    private const int EnoughToSend = 16 * 1024;

    public IDirectOutput? Direct => null;

    public async ValueTask SendAsync(ILiveStream stream)
    {
        var written = 0;
        while (written < EnoughToSend && stream.TryRead(out var frame))
        {
            body.Write(frame.Span);
            written += frame.Length;
        }

        await body.FlushAsync(stream.Aborted);
    }
}
