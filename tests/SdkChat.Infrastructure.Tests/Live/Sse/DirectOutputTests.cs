using System.Text;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Application.Live;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Live.Sse;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Live.Sse;

/// <summary>A stream whose transport has lent its output: who sends what, and when.</summary>
public sealed class DirectOutputTests
{
    private Output _output = null!;
    private SseSubscriber _stream = null!;

    [SetUp]
    public void Open()
    {
        _output = new Output();
        _stream = NewStream();
    }

    [TearDown]
    public void Close() => _stream.Dispose();

    [Test]
    public void Offer_TransportWaits_GoesStraightThrough()
    {
        var wait = _stream.WaitAsync(_output);

        _stream.Offer(Frame("one")).Should().BeTrue();
        _stream.Offer(Frame("two")).Should().BeTrue();

        _output.Sent.Should().Be("one two ");
        wait.IsCompleted.Should().BeFalse();
    }

    [Test]
    public async Task Traffic_CountsWhatWentAndWhatWaits()
    {
        _stream.Traffic.Should().Be((1, 0), "the first frame has been read");
        var wait = _stream.WaitAsync(_output).AsTask();

        _stream.Offer(Frame("one"));
        _stream.Offer([Frame("two"), Frame("three")], SseFrame.Join([Frame("two"), Frame("three")]));
        _stream.Traffic.Should().Be((4, 0));

        _output.IsFull = true;
        _stream.Offer(Frame("four"));
        _stream.Offer(Frame("five"));
        _stream.Traffic.Should().Be((5, 1), "the output has the beginning of the fourth");
        (await wait.WaitAsync(Deadlines.Soon)).Should().BeTrue();
    }

    [Test]
    public async Task Offer_TransportBusy_IsQueuedAndOvertakesNothing()
    {
        _stream.Offer(Frame("one"));

        (await _stream.WaitAsync(_output)).Should().BeTrue();
        _stream.Offer(Frame("two"));

        _output.Sent.Should().BeEmpty();
        _stream.Take().Should().Be("onetwo");
    }

    [Test]
    public async Task Offer_OutputFull_WakesTheTransportAndQueuesWhatFollows()
    {
        var wait = _stream.WaitAsync(_output).AsTask();
        _output.IsFull = true;

        _stream.Offer(Frame("one")).Should().BeTrue();
        _stream.Offer(Frame("two")).Should().BeTrue();

        (await wait.WaitAsync(Deadlines.Soon)).Should().BeTrue();
        _output.Sent.Should().Be("one ");
        _stream.Take().Should().Be("two");
    }

    [Test]
    public void OfferTogether_TransportWaits_IsSentInOneGo()
    {
        var wait = _stream.WaitAsync(_output);

        _stream.Offer([Frame("one"), Frame("two")], Frame("onetwo")).Should().Be(2);

        _output.Sent.Should().Be("onetwo ");
        wait.IsCompleted.Should().BeFalse();
    }

    [Test]
    public void OfferTogether_TransportBusy_CountsEachAgainstTheQueue()
    {
        using var stream = NewStream(queueEvents: 2);

        stream.Offer([Frame("1"), Frame("2"), Frame("3")], Frame("123")).Should().Be(2);

        stream.Take().Should().Be("12");
        stream.IsOver().Should().BeTrue();
    }

    [Test]
    public async Task End_WhileTheTransportWaits_LetsNothingThroughAnyMore()
    {
        var wait = _stream.WaitAsync(_output).AsTask();

        _stream.End(StreamEndReason.MaxAge);

        (await wait.WaitAsync(Deadlines.Soon)).Should().BeFalse();
        _stream.Offer(Frame("late")).Should().BeFalse();
        _output.Sent.Should().BeEmpty();
    }

    [Test]
    public void Prefetch_WhileTheOutputIsLent_ReachesItAndChangesNothing()
    {
        _stream.Prefetch();
        var wait = _stream.WaitAsync(_output);
        _stream.Prefetch();
        _stream.End(StreamEndReason.MaxAge);
        _stream.Prefetch();

        _output.Prefetched.Should().Be(1);
        _output.Sent.Should().BeEmpty();
        wait.IsCompleted.Should().BeTrue();
    }

    [Test]
    public void WaitAsync_WhileSomebodyWaits_IsRefused()
    {
        var wait = _stream.WaitAsync().AsTask();

        FluentActions.Invoking(() => { _ = _stream.WaitAsync().AsTask(); }).Should().Throw<InvalidOperationException>();
        wait.IsCompleted.Should().BeFalse();
    }

    [Test]
    public void Offer_TransportWaits_AllocatesNothing()
    {
        var wait = _stream.WaitAsync(new Nowhere());
        var frame = Frame("one");
        _stream.Offer(frame);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1000; i++)
            _stream.Offer(frame);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().Be(0);
        wait.IsCompleted.Should().BeFalse();
    }

    private static SseFrame Frame(string text) => SseFrame.Create(Encoding.ASCII.GetBytes(text));

    private static SseSubscriber NewStream(int queueEvents = 10)
    {
        var limits = new StreamLimits(queueEvents, 1000, TimeSpan.FromSeconds(25), TimeSpan.FromMinutes(30), null);
        var stream = new SseSubscriber(
            new TenantId(Guid.NewGuid()), Frame("first"), limits, new StreamTimerQueue(new FakeTimeProvider()), (_, _) => { });
        stream.Take();
        return stream;
    }

    private sealed class Nowhere : IDirectOutput
    {
        public bool TrySend(SseFrame frame) => true;

        public void Prefetch()
        {
        }
    }

    private sealed class Output : IDirectOutput
    {
        public string Sent { get; private set; } = "";

        public bool IsFull { get; set; }

        public int Prefetched { get; private set; }

        public void Prefetch() => Prefetched++;

        public bool TrySend(SseFrame frame)
        {
            Sent += Encoding.ASCII.GetString(frame.Span) + " ";
            return !IsFull;
        }
    }
}
