using System.IO.Pipelines;
using System.Net.Sockets;
using System.Text;
using SdkChat.Api.Hosting.Transport;
using SdkChat.TestSupport;

namespace SdkChat.Api.Tests.Hosting.Transport;

public sealed class SocketReaderTests
{
    private TaskCompletionSource _ended = null!;
    private TaskCompletionSource _gone = null!;
    private ConnectedSockets _sockets = null!;
    private Pipe _pipe = null!;
    private SocketReader _reader = null!;
    private Task _reading = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        (_ended, _gone) = (new TaskCompletionSource(), new TaskCompletionSource());
        _sockets = await ConnectedSockets.OpenAsync();
        // One byte that nobody has read is enough to make it wait.
        _pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1, resumeWriterThreshold: 1));
        _reader = new SocketReader(_sockets.Near, _pipe.Writer, _ended.SetResult);
        _reading = _reader.RunAsync();
    }

    [TearDown]
    public void Close() => _sockets.Dispose();

    [Test]
    public async Task Run_ClientSends_ForwardsItAndTheEnd()
    {
        await SendAsync("one");
        (await ReadAsync()).Should().Be("one");
        await SendAsync("two");
        (await ReadAsync()).Should().Be("two");
        _sockets.Far.Shutdown(SocketShutdown.Send);

        (await _pipe.Reader.ReadAsync()).IsCompleted.Should().BeTrue();
        await _ended.Task.WaitAsync(Deadlines.Soon);
        await _reading.WaitAsync(Deadlines.Soon);
    }

    [Test]
    public async Task Run_ClientResets_SaysSo()
    {
        _sockets.Far.LingerState = new LingerOption(true, 0);
        _sockets.Far.Close();

        await FluentActions.Awaiting(() => _pipe.Reader.ReadAsync().AsTask()).Should().ThrowAsync<IOException>();
        await _ended.Task.WaitAsync(Deadlines.Soon);
    }

    [Test]
    public async Task HandOver_WhileNothingComes_EndsThePipeAndGoesOnWatching()
    {
        _reader.Detach(_gone.SetResult);

        (await _pipe.Reader.ReadAsync()).IsCompleted.Should().BeTrue();
        await SendAsync(new string('x', 10_000));
        _gone.Task.IsCompleted.Should().BeFalse();
        _sockets.Far.Close();
        await _gone.Task.WaitAsync(Deadlines.Soon);
        _ended.Task.IsCompleted.Should().BeFalse("that was the connection's, which is no more");
    }

    [Test]
    public async Task HandOver_WhileSomethingIsForwarded_WaitsForThatAndGoesOnWatching()
    {
        await SendAsync("one");
        var read = await _pipe.Reader.ReadAsync();
        _pipe.Reader.AdvanceTo(read.Buffer.Start);

        _reader.Detach(_gone.SetResult);
        await _pipe.Reader.CompleteAsync();

        await SendAsync("two");
        _gone.Task.IsCompleted.Should().BeFalse();
        _sockets.Far.Close();
        await _gone.Task.WaitAsync(Deadlines.Soon);
    }

    [Test]
    public async Task HandOver_AfterTheClientLeft_TellsAtOnce()
    {
        _sockets.Far.Close();
        await _reading.WaitAsync(Deadlines.Soon);

        _reader.Detach(_gone.SetResult);

        _gone.Task.IsCompleted.Should().BeTrue();
    }

    [Test]
    public async Task HandedOver_ClientThatGoesOnTalking_CountsAsGone()
    {
        _reader.Detach(_gone.SetResult);

        await SendAsync(new string('x', 200_000));

        await _gone.Task.WaitAsync(Deadlines.Soon);
    }

    [Test]
    public async Task HandedOver_SocketClosedHere_EndsTheWatch()
    {
        _reader.Detach(_gone.SetResult);

        _sockets.Near.Dispose();

        await _reading.WaitAsync(Deadlines.Soon);
    }

    private async Task SendAsync(string text)
    {
        using var deadline = new CancellationTokenSource(Deadlines.Soon);
        try
        {
            await _sockets.Far.SendAsync(Encoding.ASCII.GetBytes(text), deadline.Token);
        }
        catch (OperationCanceledException)
        {
            // Nobody takes the rest.
        }
    }

    private async Task<string> ReadAsync()
    {
        var read = await _pipe.Reader.ReadAsync().AsTask().WaitAsync(Deadlines.Soon);
        var text = Encoding.ASCII.GetString(read.Buffer);
        _pipe.Reader.AdvanceTo(read.Buffer.End);
        return text;
    }
}
