using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using SdkChat.Api.Hosting.Transport;
using SdkChat.Infrastructure.Live.Sse;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Hosting.Transport;

public sealed class SocketWriterTests
{
    /// <summary>More than the sockets on both sides hold.</summary>
    private const int Much = 16 << 20;

    private ConnectedSockets _sockets = null!;
    private SocketWriter _writer = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _sockets = await ConnectedSockets.OpenAsync();
        _writer = new SocketWriter(_sockets.Near, MemoryPool<byte>.Shared);
    }

    [TearDown]
    public void Close()
    {
        _writer.Complete();
        _sockets.Dispose();
    }

    [Test]
    public async Task Flush_SocketWithRoom_IsDoneAtOnce()
    {
        Write("one");
        _writer.UnflushedBytes.Should().Be(3);

        _writer.FlushAsync().AsTask().IsCompletedSuccessfully.Should().BeTrue();

        _writer.UnflushedBytes.Should().Be(0);
        (await _sockets.ReceiveAsync(3)).Should().Be("one");
    }

    [Test]
    public async Task Flush_MoreThanTheSocketTakes_IsDoneWhenAllHasLeftInOrder()
    {
        var text = string.Concat(Enumerable.Range(0, Much / 8).Select(number => $"{number:d8}"));
        Write(text);

        var flushing = _writer.FlushAsync().AsTask();
        flushing.IsCompleted.Should().BeFalse();

        (await _sockets.ReceiveAsync(Much)).Should().Be(text);
        (await flushing.WaitAsync(Deadlines.Soon)).IsCompleted.Should().BeFalse();
    }

    [Test]
    public async Task Flush_Cancelled_StopsWaitingAndSendsNothingMore()
    {
        using var cancel = new CancellationTokenSource();
        Write(new string('x', Much));
        var flushing = _writer.FlushAsync(cancel.Token).AsTask();

        await cancel.CancelAsync();

        await FluentActions.Awaiting(() => flushing.WaitAsync(Deadlines.Soon)).Should().ThrowAsync<OperationCanceledException>();
        Write("late");
        (await _writer.FlushAsync()).IsCompleted.Should().BeTrue();
    }

    /// <summary>More pieces than one call takes, through a socket that takes a few of them at a time.</summary>
    [Test]
    public async Task Flush_ManyPieces_ArriveWholeAndInOrder()
    {
        var pieces = Enumerable.Range(0, (3 * NonBlockingSend.MaxPieces) + 1).Select(n => new string((char)('a' + (n % 26)), 4096 - n))
            .ToArray();
        foreach (var piece in pieces)
            Write(piece);

        var received = _sockets.ReceiveAsync(pieces.Sum(piece => piece.Length));
        await _writer.FlushAsync().AsTask().WaitAsync(Deadlines.Soon);

        (await received).Should().Be(string.Concat(pieces));
    }

    [Test]
    public async Task Flush_SocketClosedMeanwhile_IsDone()
    {
        Write(new string('x', Much));
        var flushing = _writer.FlushAsync().AsTask();

        _sockets.Near.Dispose();

        (await flushing.WaitAsync(Deadlines.Soon)).IsCompleted.Should().BeTrue();
    }

    [Test]
    public async Task Flush_AfterStop_ReachesNobody()
    {
        Write("one");
        await _writer.FlushAsync();
        _writer.Stop();
        Write("two");

        (await _writer.FlushAsync()).IsCompleted.Should().BeTrue();

        _sockets.Near.Dispose();
        (await _sockets.ReceiveAsync(3)).Should().Be("one");
        await FluentActions.Awaiting(() => _sockets.ReceiveAsync(1)).Should().ThrowAsync<EndOfStreamException>();
    }

    private void Write(string text) => ((PipeWriter)_writer).Write(Encoding.ASCII.GetBytes(text));
}
