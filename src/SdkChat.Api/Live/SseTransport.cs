using System.Buffers;
using System.IO.Pipelines;
using SdkChat.Application.Live;

namespace SdkChat.Api.Live;

/// <summary>Carries a stream's frames to its reader, as fast as the reader takes them.</summary>
internal static class SseTransport
{
    /// <summary>Frames that wait are sent together, up to about this many bytes: more would only move the queue.</summary>
    private const int EnoughToSend = 16 * 1024;

    /// <returns>False when the stream was cut off in the middle: what has been written must not look like a proper end.</returns>
    public static async Task<bool> SendAsync(ILiveStream stream, PipeWriter writer)
    {
        try
        {
            while (await stream.WaitAsync())
            {
                Fill(stream, writer);
                await writer.FlushAsync(stream.Aborted);
            }
        }
        catch (OperationCanceledException) when (stream.Aborted.IsCancellationRequested)
        {
            return false;
        }

        return !stream.Aborted.IsCancellationRequested;
    }

    private static void Fill(ILiveStream stream, PipeWriter writer)
    {
        var written = 0;
        while (written < EnoughToSend && stream.TryRead(out var frame))
        {
            writer.Write(frame.Span);
            written += frame.Length;
        }
    }
}
