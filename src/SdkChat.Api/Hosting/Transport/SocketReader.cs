using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace SdkChat.Api.Hosting.Transport;

/// <summary>
/// Reads a socket to its end: for the web server, and after a detach only to detect that end. While idle it holds no buffer, and after a
/// detach nothing of the connection. The object is its own lock, since there is one for every stream.
/// </summary>
internal sealed class SocketReader
{
    /// <summary>A client that sends more after a detach is disconnected. (A second request may have been on its way.)</summary>
    private const int MaxDiscardedBytes = 64 * 1024;

    private const int SmallestPiece = 2048;

    /// <summary>Shared by all connections; its content is never read.</summary>
    private static readonly Memory<byte> DiscardBuffer = new byte[8 * 1024];

    private readonly Socket _socket;

    private PipeWriter? _pipe;
    private Action _ended;
    private int _discarded;
    private bool _isForwarding;
    private bool _isDetached;
    private bool _isOver;
    private bool _hasForwarded;

    /// <param name="pipe">Receives the data; completed at the end.</param>
    /// <param name="ended">Called at the end.</param>
    public SocketReader(Socket socket, PipeWriter pipe, Action ended) => (_socket, _pipe, _ended) = (socket, pipe, ended);

    /// <summary>
    /// Whether data was read for the web server since this was last set to false. Its parser may still wait for a thread.
    /// </summary>
    public bool HasForwarded
    {
        get => Volatile.Read(ref _hasForwarded);
        set => Volatile.Write(ref _hasForwarded, value);
    }

    /// <summary>Whether the client has sent something that is not read yet. False once the socket is closed.</summary>
    public bool HasUnread()
    {
        try
        {
            return _socket.Available > 0;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    public async Task RunAsync()
    {
        Exception? failure = null;
        try
        {
            do
            {
                // An empty read completes when there is something to read, so that no buffer is taken before.
                await _socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None);
            }
            while (BeginForwarding() is { } pipe ? await ForwardAsync(pipe) : await DiscardAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            failure = new ConnectionResetException(exception.Message, exception);
        }

        End(failure);
    }

    public void Detach(Action gone)
    {
        PipeWriter? pipe;
        bool isOver;
        lock (this)
        {
            (_isDetached, _ended, isOver) = (true, gone, _isOver);
            pipe = _isForwarding ? null : TakePipe();
        }

        pipe?.Complete();
        if (isOver)
            gone();
    }

    private async ValueTask<bool> ForwardAsync(PipeWriter pipe)
    {
        try
        {
            var read = await _socket.ReceiveAsync(pipe.GetMemory(SmallestPiece), SocketFlags.None);
            pipe.Advance(read);
            if (read > 0)
                HasForwarded = true;
            var isWanted = read > 0 && !(await pipe.FlushAsync()).IsCompleted;
            return isWanted || (read > 0 && _isDetached);
        }
        finally
        {
            EndForwarding();
        }
    }

    private async ValueTask<bool> DiscardAsync()
    {
        var read = await _socket.ReceiveAsync(DiscardBuffer, SocketFlags.None);
        return read > 0 && (_discarded += read) <= MaxDiscardedBytes;
    }

    private PipeWriter? BeginForwarding()
    {
        lock (this)
        {
            _isForwarding = !_isDetached;
            return _isDetached ? null : _pipe;
        }
    }

    private void EndForwarding()
    {
        PipeWriter? pipe;
        lock (this)
        {
            _isForwarding = false;
            pipe = _isDetached ? TakePipe() : null;
        }

        pipe?.Complete();
    }

    private void End(Exception? failure)
    {
        PipeWriter? pipe;
        Action ended;
        lock (this)
        {
            (_isOver, pipe, ended) = (true, TakePipe(), _ended);
        }

        pipe?.Complete(failure);
        ended();
    }

    private PipeWriter? TakePipe()
    {
        var pipe = _pipe;
        _pipe = null;
        return pipe;
    }
}
