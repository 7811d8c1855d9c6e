using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace SdkChat.Api.Hosting.Transport;

/// <summary>A connection as the web server sees it.</summary>
internal sealed class HandoverConnection : DefaultConnectionContext, IHandover, IMemoryPoolFeature, IConnectionSocketFeature
{
    private readonly Socket _socket;
    private readonly SocketReader _reader;
    private readonly SocketWriter _writer;
    private readonly Pipes _pipes;
    private readonly ConnectionRegistry _registry;
    // Not disposed: it holds nothing, and may be cancelled at any time.
    private readonly CancellationTokenSource _closed = new();

    private Task _reading = Task.CompletedTask;
    private bool _isHandedOver;

    public HandoverConnection(Socket socket, MemoryPool<byte> pool, long mostUnread, ConnectionRegistry registry)
        : base(Guid.CreateVersion7().ToString("n"))
    {
        // Inline: what is read is handled on the thread that read it. That is one of the pool's, to which the runtime's socket engine
        // hands its events, so whoever takes long there holds up no other connection.
        var received = new Pipe(new PipeOptions(
            pool, PipeScheduler.Inline, PipeScheduler.Inline, mostUnread, mostUnread / 2, useSynchronizationContext: false));
        (_socket, MemoryPool, _registry) = (socket, pool, registry);
        _reader = new SocketReader(socket, received.Writer, () => _ = _closed.CancelAsync());
        _writer = new SocketWriter(socket, pool);
        Transport = _pipes = new Pipes(received.Reader, _writer);
        (LocalEndPoint, RemoteEndPoint) = (socket.LocalEndPoint, socket.RemoteEndPoint);
        ConnectionClosed = _closed.Token;
        Features.Set<IMemoryPoolFeature>(this);
        Features.Set<IHandover>(this);
        Features.Set<IConnectionSocketFeature>(this);
    }

    public MemoryPool<byte> MemoryPool { get; }

    public Socket Socket => _socket;

    public bool IsPossible => ReferenceEquals(Transport, _pipes);

    /// <summary>Where the connection stands among those that rest; null while it has a request. <see cref="ConnectionRegistry"/> alone touches it.</summary>
    public LinkedListNode<HandoverConnection>? Place { get; set; }

    /// <inheritdoc cref="Place"/>
    public int Requests { get; set; }

    /// <inheritdoc cref="Place"/>
    public bool IsRemoved { get; set; }

    public void Start()
    {
        _registry.Add(this);
        _reading = _reader.RunAsync();
    }

    public void RequestBegins() => _registry.Busy(this);

    public void RequestEnds() => _registry.Idle(this);

    /// <summary>Closes it as the other side may do between two requests.</summary>
    public void CloseIdle()
    {
        if (!_isHandedOver)
            Close();
    }

    public Socket HandOver(Action gone)
    {
        _isHandedOver = true;
        _registry.Remove(this, isHandedOver: true);
        _writer.Stop();
        _reader.HandOver(gone);
        return _socket;
    }

    /// <summary>Ends what is under way on the socket, too.</summary>
    public override void Abort(ConnectionAbortedException abortReason)
    {
        if (!_isHandedOver)
            Close();
    }

    public override async ValueTask DisposeAsync()
    {
        await _pipes.Input.CompleteAsync();
        await _writer.CompleteAsync();
        if (!_isHandedOver)
        {
            _registry.Remove(this, isHandedOver: false);
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
            // First, or closing it while somebody reads would look like a crash to the client.
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The client was faster, or this has been done before.
        }

        _socket.Dispose();
    }

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
