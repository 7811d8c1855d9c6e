using System.IO.Pipelines;
using System.Net.Sockets;
using SdkChat.Application.Live;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>
/// Sends a stream of the hub to its client, as fast as the client takes it. Every member returns false if the stream was cut off: the bytes
/// sent so far must not look like a proper end.
/// </summary>
public static class SseOutput
{
    public const string ContentType = "text/event-stream";

    /// <summary>Sends the first frame to the response body, and the headers with it.</summary>
    public static async Task<bool> SendFirstAsync(ILiveStream stream, PipeWriter body)
    {
        var sse = (ISseStream)stream;
        try
        {
            if (await sse.WaitAsync())
                await new ResponseBodyOutput(body).SendAsync(sse);
            return !sse.Aborted.IsCancellationRequested;
        }
        catch (Exception exception) when (IsCutOff(exception))
        {
            return CutOff(sse);
        }
    }

    /// <summary>Sends all other frames to the response body, until the stream ends.</summary>
    /// <param name="connection">The socket below the body, whose peer is checked with each ping; null if there is none.</param>
    public static Task<bool> SendRestAsync(ILiveStream stream, PipeWriter body, Socket? connection)
    {
        var sse = (ISseStream)stream;
        // The streams of one HTTP/2 connection share the socket, so its silence applies to all of them.
        if (connection is not null)
            sse.Watch(new TcpPeer(connection));
        return SendAllAsync(sse, new ResponseBodyOutput(body));
    }

    /// <summary>Sends all other frames and the end of a chunked HTTP/1.1 body to the socket of a detached connection.</summary>
    /// <exception cref="SocketException">The client disconnected before the end of the body was sent.</exception>
    public static async Task<bool> SendRestAsync(ILiveStream stream, Socket socket)
    {
        // One asynchronous method and no closure: every local of this method is kept for each open stream.
        var (sse, output) = ((ISseStream)stream, new SocketOutput(socket));
        sse.Watch(output);
        try
        {
            while (await sse.WaitAsync(output))
                await output.SendAsync(sse);
            if (sse.Aborted.IsCancellationRequested)
                return false;

            await output.EndAsync(sse.Aborted);
            return true;
        }
        catch (Exception exception) when (IsCutOff(exception))
        {
            return CutOff(sse);
        }
    }

    private static async Task<bool> SendAllAsync(ISseStream stream, ResponseBodyOutput output)
    {
        try
        {
            while (await stream.WaitAsync())
                await output.SendAsync(stream);
            return !stream.Aborted.IsCancellationRequested;
        }
        catch (Exception exception) when (IsCutOff(exception))
        {
            return CutOff(stream);
        }
    }

    private static bool IsCutOff(Exception exception) => exception is OperationCanceledException or IOException or ObjectDisposedException;

    /// <summary>If the hub aborted the stream, that reason is kept; otherwise the failed send shows that the client disconnected.</summary>
    private static bool CutOff(ISseStream stream)
    {
        stream.End(StreamEndReason.ClientGone);
        return false;
    }
}
