using System.Net;
using System.Net.Sockets;
using System.Text;
using SdkChat.Application.Live;
using SdkChat.Infrastructure.Live.Sse;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Live.Sse;

/// <summary>Bytes on a socket, whether it takes them at once, in part, or not at all.</summary>
public sealed class SocketOutputTests
{
    private readonly WaitingFrames _stream = new();

    private Socket _near = null!;
    private Socket _far = null!;
    private SocketOutput _output = null!;

    [SetUp]
    public async Task ConnectAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await _far.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        _near = await listener.AcceptSocketAsync();
        _near.SendBufferSize = 4096;
        _output = new SocketOutput(_near);
        _stream.Aborted = CancellationToken.None;
        _stream.Frames.Clear();
    }

    [TearDown]
    public void Disconnect()
    {
        _near.Dispose();
        _far.Dispose();
    }

    [Test]
    public async Task TrySend_SocketWithRoom_SendsOneChunkAtOnce()
    {
        _output.TrySend(SseFrame.Create("event: ping\ndata:\n\n"u8)).Should().BeTrue();

        (await ReceiveAsync(25)).Should().Be("13\r\nevent: ping\ndata:\n\n\r\n");
    }

    [Test]
    public void TrySend_SocketWithRoom_AllocatesNothing()
    {
        var frame = SseFrame.Create("x"u8);
        _output.TrySend(frame);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 100; i++)
            _output.TrySend(frame);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
    }

    [Test]
    public async Task TrySend_SocketThatFills_KeepsTheRestAndSendsItBeforeAnythingElse()
    {
        var sent = new StringBuilder();
        var isTaken = true;
        for (var i = 0; isTaken; i++)
        {
            var frame = SseFrame.Create(Encoding.ASCII.GetBytes($"{i}:{new string((char)('a' + (i % 26)), 10_000)}"));
            sent.Append(Encoding.ASCII.GetString(frame.Chunk.Span));
            isTaken = _output.TrySend(frame);
        }

        foreach (var text in new[] { "next", "last" })
        {
            _stream.Frames.Enqueue(SseFrame.Create(Encoding.ASCII.GetBytes(text)));
            sent.Append("4\r\n").Append(text).Append("\r\n");
        }

        var sending = _output.SendAsync(_stream).AsTask();

        (await ReceiveAsync(sent.Length)).Should().Be(sent.ToString());
        await sending;
    }

    [Test]
    public async Task TrySend_AfterTheRestWasSent_GoesAtOnceAgain()
    {
        var frame = SseFrame.Create(new byte[10_000]);
        var sent = frame.Chunk.Length;
        while (_output.TrySend(frame))
            sent += frame.Chunk.Length;

        var sending = _output.SendAsync(_stream).AsTask();
        await ReceiveAsync(sent);
        await sending;

        _near.Poll(Deadlines.Soon, SelectMode.SelectWrite).Should().BeTrue();
        _output.TrySend(SseFrame.Create("x"u8)).Should().BeTrue();
    }

    [Test]
    public async Task TrySend_ReaderGone_IsKeptForSendAsyncWhichSaysSo()
    {
        _near.Dispose();

        _output.TrySend(SseFrame.Create("x"u8)).Should().BeFalse();
        await FluentActions.Awaiting(() => _output.SendAsync(_stream).AsTask()).Should().ThrowAsync<IOException>();
    }

    [Test]
    public async Task SendAsync_StreamAborted_StopsWaitingForTheReader()
    {
        using var abort = new CancellationTokenSource();
        _stream.Aborted = abort.Token;
        // More than the sockets on both sides hold.
        _stream.Frames.Enqueue(SseFrame.Create(new byte[16 << 20]));

        var sending = _output.SendAsync(_stream).AsTask();
        sending.IsCompleted.Should().BeFalse();
        await abort.CancelAsync();

        await FluentActions.Awaiting(() => sending).Should().ThrowAsync<OperationCanceledException>();
    }

    private async Task<string> ReceiveAsync(int length)
    {
        using var deadline = new CancellationTokenSource(Deadlines.Soon);
        var received = new byte[length];
        for (var count = 0; count < length;)
            count += await _far.ReceiveAsync(received.AsMemory(count), deadline.Token);
        return Encoding.ASCII.GetString(received);
    }

    /// <summary>A stream of which only the queue matters.</summary>
    private sealed class WaitingFrames : ISseStream
    {
        public Queue<SseFrame> Frames { get; } = new();

        public CancellationToken Aborted { get; set; }

        public bool TryRead(out SseFrame frame) => Frames.TryDequeue(out frame);

        public void Watch(IReaderConnection connection) => throw new NotSupportedException();

        public ValueTask<bool> WaitAsync(IDirectOutput? direct = null) => throw new NotSupportedException();

        public void End(StreamEndReason reason) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
