using System.Buffers;
using System.Net.Sockets;
using SdkChat.Api.Hosting.Transport;
using SdkChat.Application.Live;

namespace SdkChat.Api.Live;

/// <summary>
/// Straight to the connection's own socket, chunked as HTTP/1.1 wants it: one system call a frame, made by whoever publishes
/// (docs/decisions/0012). Only after the connection has been handed over: before, the socket is the web server's.
/// </summary>
internal sealed class SocketOutput : IStreamOutput, IDirectOutput, IReaderConnection
{
    /// <summary>Frames that wait are sent together, up to about this many bytes: more would only move the queue.</summary>
    private const int EnoughToSend = 16 * 1024;

    private readonly Socket _socket;
    private readonly SafeSocketHandle _handle;

    /// <summary>The end of a frame of which the reader has the beginning.</summary>
    private ReadOnlyMemory<byte> _left;

    public SocketOutput(Socket socket) => (_socket, _handle) = (socket, socket.SafeHandle);

    public IDirectOutput Direct => this;

    public TimeSpan Silence => TcpPeer.SilenceOf(_socket);

    public bool TrySend(LiveFrame frame)
    {
        var sent = 0;
        try
        {
            // Whatever failed will fail again in SendAsync, which can say so.
            sent = Math.Max(NonBlockingSend.Send(_handle, frame.Chunk.Span), 0);
        }
        catch (ObjectDisposedException)
        {
            // The connection is gone.
        }

        _left = frame.Chunk[sent..];
        return _left.IsEmpty;
    }

    /// <summary>A volatile field is read, which no compiler leaves out.</summary>
    public void Touch() => _ = _handle.IsClosed;

    public async ValueTask SendAsync(ILiveStream stream)
    {
        try
        {
            var left = _left;
            _left = default;
            if (!left.IsEmpty)
                await _socket.SendAsync(left, SocketFlags.None, stream.Aborted);
            if (stream.TryRead(out var first))
                await SendWaitingAsync(stream, first);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            throw new IOException("The reader is gone.", exception);
        }
    }

    private async ValueTask SendWaitingAsync(ILiveStream stream, LiveFrame first)
    {
        var buffer = new ArrayBufferWriter<byte>(Math.Max(EnoughToSend, first.Chunk.Length));
        buffer.Write(first.Chunk.Span);
        while (buffer.WrittenCount < EnoughToSend && stream.TryRead(out var frame))
            buffer.Write(frame.Chunk.Span);
        await _socket.SendAsync(buffer.WrittenMemory, SocketFlags.None, stream.Aborted);
    }
}
