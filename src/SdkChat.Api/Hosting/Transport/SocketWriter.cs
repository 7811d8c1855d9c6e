using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using SdkChat.Infrastructure.Live.Sse;

namespace SdkChat.Api.Hosting.Transport;

/// <summary>
/// Sends on the flushing thread: when a flush completes, the socket has its bytes. A detach relies on that. After <see cref="Stop"/> all
/// data is dropped.
/// </summary>
internal sealed class SocketWriter(Socket socket, MemoryPool<byte> pool) : PipeWriter
{
    private readonly SafeSocketHandle _handle = socket.SafeHandle;
    private readonly Pipe _pipe = new(new PipeOptions(
        pool, PipeScheduler.Inline, PipeScheduler.Inline, pauseWriterThreshold: 0, useSynchronizationContext: false));

    private volatile bool _isStopped;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _pipe.Writer.UnflushedBytes;

    public void Stop() => _isStopped = true;

    public override Memory<byte> GetMemory(int sizeHint = 0) => _pipe.Writer.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _pipe.Writer.GetSpan(sizeHint);

    public override void Advance(int bytes) => _pipe.Writer.Advance(bytes);

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        // The pipe only holds the bytes until they are sent; no data waits in it.
        await _pipe.Writer.FlushAsync(CancellationToken.None);
        if (_pipe.Reader.TryRead(out var kept))
            await SendAsync(kept.Buffer, cancellationToken);
        return new FlushResult(isCanceled: false, isCompleted: _isStopped);
    }

    /// <summary>A flush that waits for its client ends with the connection or by its token.</summary>
    public override void CancelPendingFlush()
    {
    }

    public override void Complete(Exception? exception = null)
    {
        _pipe.Writer.Complete();
        _pipe.Reader.Complete();
    }

    private async ValueTask SendAsync(ReadOnlySequence<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            for (var left = bytes; !left.IsEmpty && !_isStopped;)
            {
                left = left.Slice(Math.Max(NonBlockingSend.Send(_handle, left), 0));
                // The socket's buffer is full, or there are more segments than one call takes.
                if (!left.IsEmpty)
                    left = left.Slice(await socket.SendAsync(left.First, SocketFlags.None, cancellationToken));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The socket's reader gets the same failure and reports it.
            Stop();
        }
        catch (OperationCanceledException)
        {
            // The client has received an incomplete message.
            Stop();
            throw;
        }
        finally
        {
            _pipe.Reader.AdvanceTo(bytes.End);
        }
    }
}
