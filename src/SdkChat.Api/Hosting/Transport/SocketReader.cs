using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace SdkChat.Api.Hosting.Transport;

/// <summary>
/// Reads a socket to its end: for the web server, and after a handover only to see that end. An idle one holds no buffer, and
/// after a handover nothing of the connection. It is its own lock: there is one for every stream.
/// </summary>
internal sealed class SocketReader
{
    /// <summary>More than this nobody sends who was told that it is of no use. (A second request may have been on its way.)</summary>
    private const int MostThrownAway = 64 * 1024;

    private const int SmallestPiece = 2048;

    /// <summary>Everybody's: nobody looks at what is in it.</summary>
    private static readonly Memory<byte> Waste = new byte[8 * 1024];

    private readonly Socket _socket;

    private PipeWriter? _pipe;
    private Action _ended;
    private int _thrownAway;
    private bool _isForwarding;
    private bool _isHandedOver;
    private bool _isOver;

    /// <param name="pipe">Where what is read goes; completed when there is no more.</param>
    /// <param name="ended">Called when there is no more.</param>
    public SocketReader(Socket socket, PipeWriter pipe, Action ended) => (_socket, _pipe, _ended) = (socket, pipe, ended);

    public async Task RunAsync()
    {
        Exception? failure = null;
        try
        {
            do
            {
                // An empty read is done when there is something to read: a buffer is taken no earlier.
                await _socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None);
            }
            while (BeginForwarding() is { } pipe ? await ForwardAsync(pipe) : await ThrowAwayAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            failure = new ConnectionResetException(exception.Message, exception);
        }

        End(failure);
    }

    public void HandOver(Action gone)
    {
        PipeWriter? pipe;
        bool isOver;
        lock (this)
        {
            (_isHandedOver, _ended, isOver) = (true, gone, _isOver);
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
            var isWanted = read > 0 && !(await pipe.FlushAsync()).IsCompleted;
            return isWanted || (read > 0 && _isHandedOver);
        }
        finally
        {
            EndForwarding();
        }
    }

    private async ValueTask<bool> ThrowAwayAsync()
    {
        var read = await _socket.ReceiveAsync(Waste, SocketFlags.None);
        return read > 0 && (_thrownAway += read) <= MostThrownAway;
    }

    private PipeWriter? BeginForwarding()
    {
        lock (this)
        {
            _isForwarding = !_isHandedOver;
            return _isHandedOver ? null : _pipe;
        }
    }

    private void EndForwarding()
    {
        PipeWriter? pipe;
        lock (this)
        {
            _isForwarding = false;
            pipe = _isHandedOver ? TakePipe() : null;
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
