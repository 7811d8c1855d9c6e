using System.Buffers;
using System.Net.Sockets;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>
/// Writes frames to the socket of a detached connection, as chunks of an HTTP/1.1 body: one system call for each frame, made by the
/// publishing thread (docs/decisions/0012). Before the connection is detached the socket belongs to the web server.
/// </summary>
internal sealed class SocketOutput : IDirectOutput, IReaderConnection
{
    /// <summary>Queued frames are sent together, up to about this many bytes.</summary>
    private const int BatchBytes = 16 * 1024;

    private static readonly ReadOnlyMemory<byte> LastChunk = "0\r\n\r\n"u8.ToArray();

    private readonly Socket _socket;
    private readonly SafeSocketHandle _handle;

    /// <summary>The unsent end of a frame whose beginning was sent.</summary>
    private ReadOnlyMemory<byte> _remainder;

    public SocketOutput(Socket socket) => (_socket, _handle) = (socket, socket.SafeHandle);

    public TimeSpan Silence => TcpPeer.GetSilence(_socket);

    public bool TrySend(SseFrame frame)
    {
        var sent = 0;
        try
        {
            // A failure repeats in SendAsync, which can report it.
            sent = Math.Max(NonBlockingSend.Send(_handle, frame.Chunk.Span), 0);
        }
        catch (ObjectDisposedException)
        {
            // The connection is closed; SendAsync reports it.
        }

        _remainder = frame.Chunk[sent..];
        return _remainder.IsEmpty;
    }

    /// <summary>Reads a volatile field, a read that no compiler removes.</summary>
    public void Prefetch() => _ = _handle.IsClosed;

    /// <summary>Sends the remainder and the queued frames in order. Returns when the socket has them.</summary>
    /// <exception cref="OperationCanceledException">The stream was aborted meanwhile.</exception>
    /// <exception cref="IOException">The client disconnected.</exception>
    public async ValueTask SendAsync(ISseStream stream)
    {
        try
        {
            var remainder = _remainder;
            _remainder = default;
            if (!remainder.IsEmpty)
                await _socket.SendAsync(remainder, SocketFlags.None, stream.Aborted);
            if (stream.TryRead(out var first))
                await SendQueueAsync(stream, first);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            throw new IOException("The reader disconnected.", exception);
        }
    }

    /// <summary>Ends the body properly, so that the client can distinguish an end from a broken connection.</summary>
    public async ValueTask EndAsync(CancellationToken aborted) => await _socket.SendAsync(LastChunk, SocketFlags.None, aborted);

    private async ValueTask SendQueueAsync(ISseStream stream, SseFrame first)
    {
        var buffer = new ArrayBufferWriter<byte>(Math.Max(BatchBytes, first.Chunk.Length));
        buffer.Write(first.Chunk.Span);
        while (buffer.WrittenCount < BatchBytes && stream.TryRead(out var frame))
            buffer.Write(frame.Chunk.Span);
        await _socket.SendAsync(buffer.WrittenMemory, SocketFlags.None, stream.Aborted);
    }
}
