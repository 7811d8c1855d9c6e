using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace SdkChat.Api.Hosting.Transport;

/// <summary>A connection for the web server, which can be detached from it.</summary>
internal sealed class DetachableConnection
    : DefaultConnectionContext, IConnectionDetachFeature, IMemoryPoolFeature, IConnectionSocketFeature
{
    private readonly Socket _socket;
    private readonly SocketReader _reader;
    private readonly SocketWriter _writer;
    private readonly Pipes _pipes;
    private readonly ConnectionRegistry _registry;
    // Not disposed: it holds no resources and may be cancelled at any time.
    private readonly CancellationTokenSource _closed = new();

    private Task _reading = Task.CompletedTask;
    private bool _isDetached;

    public DetachableConnection(Socket socket, MemoryPool<byte> pool, long mostUnread, ConnectionRegistry registry)
        : base(Guid.CreateVersion7().ToString("n"))
    {
        // Inline: data is handled on the thread pool thread that read it, so a slow handler delays no other connection.
        var received = new Pipe(new PipeOptions(
            pool, PipeScheduler.Inline, PipeScheduler.Inline, mostUnread, mostUnread / 2, useSynchronizationContext: false));
        (_socket, MemoryPool, _registry) = (socket, pool, registry);
        _reader = new SocketReader(socket, received.Writer, () => _ = _closed.CancelAsync());
        _writer = new SocketWriter(socket, pool);
        Transport = _pipes = new Pipes(received.Reader, _writer);
        (LocalEndPoint, RemoteEndPoint) = (socket.LocalEndPoint, socket.RemoteEndPoint);
        ConnectionClosed = _closed.Token;
        Features.Set<IMemoryPoolFeature>(this);
        Features.Set<IConnectionDetachFeature>(this);
        Features.Set<IConnectionSocketFeature>(this);
    }

    public MemoryPool<byte> MemoryPool { get; }

    public Socket Socket => _socket;

    public bool IsPossible => ReferenceEquals(Transport, _pipes);

    /// <summary>
    /// The connection's entry in the list of idle connections; null while it has a request. Used by <see cref="ConnectionRegistry"/> only.
    /// </summary>
    public LinkedListNode<DetachableConnection>? IdleNode { get; set; }

    /// <inheritdoc cref="IdleNode"/>
    public int Requests { get; set; }

    /// <inheritdoc cref="IdleNode"/>
    public bool IsRemoved { get; set; }

    /// <inheritdoc cref="IdleNode"/>
    public long IdleSince { get; set; }

    /// <summary>Whether the client has sent something of a request that has not begun: all of it, or a part.</summary>
    /// <param name="isUnread">Whether it must be in the socket still, so that this node is late and not the client.</param>
    public bool HasRequestData(bool isUnread) => (!isUnread && _reader.HasForwarded) || _reader.HasUnread();

    public void Start()
    {
        _registry.Add(this);
        _reading = _reader.RunAsync();
    }

    public void RequestBegins() => _registry.Busy(this);

    /// <summary>What was read of this request, its body for instance, is no sign of the next one.</summary>
    public void RequestEnds()
    {
        _reader.HasForwarded = false;
        _registry.Idle(this);
    }

    /// <summary>Closes an idle connection, as either side may between two requests.</summary>
    public void CloseIdle()
    {
        if (!_isDetached)
            Close();
    }

    public Socket Detach(Action gone)
    {
        _isDetached = true;
        _registry.Remove(this, isDetached: true);
        _writer.Stop();
        _reader.Detach(gone);
        return _socket;
    }

    /// <summary>Aborts the connection. Also ends pending reads and writes of the socket.</summary>
    public override void Abort(ConnectionAbortedException abortReason)
    {
        if (!_isDetached)
            Close();
    }

    public override async ValueTask DisposeAsync()
    {
        await _pipes.Input.CompleteAsync();
        await _writer.CompleteAsync();
        if (!_isDetached)
        {
            _registry.Remove(this, isDetached: false);
            Close();
            await _reading;
        }

        await base.DisposeAsync();
    }

    private void Close()
    {
        _writer.Stop();
        try
        {
            // First: closing the socket during a read would reset the connection.
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The client closed it first, or it is closed already.
        }

        _socket.Dispose();
    }

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
