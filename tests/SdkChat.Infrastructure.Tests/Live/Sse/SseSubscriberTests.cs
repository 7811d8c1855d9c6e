using Microsoft.Extensions.Time.Testing;
using SdkChat.Application.Live;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Live.Sse;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Live.Sse;

public sealed class SseSubscriberTests
{
    private const string Ping = "event: ping\ndata:\n\n";

    private readonly List<StreamEndReason> _ended = [];

    private FakeTimeProvider _clock = null!;

    [SetUp]
    public void Start()
    {
        _clock = new FakeTimeProvider();
        _ended.Clear();
    }

    [Test]
    public void Ping_ComesEvery25SecondsFromTheStart()
    {
        using var stream = Open();
        stream.Take().Should().Be("first");

        _clock.Advance(TimeSpan.FromSeconds(24.9));
        stream.Take().Should().BeEmpty();
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        stream.Take().Should().Be(Ping);
        _clock.Advance(TimeSpan.FromSeconds(50));
        stream.Take().Should().Be(Ping + Ping);
    }

    [TestCase(60.0, StreamEndReason.TokenExpired, 60)]
    [TestCase(1800.5, StreamEndReason.MaxAge, 1800)]
    [TestCase(null, StreamEndReason.MaxAge, 1800)]
    [TestCase(-5.0, StreamEndReason.TokenExpired, 0)]
    public void Lifetime_EndsToTheSecond(double? acceptedSeconds, StreamEndReason reason, int seconds)
    {
        using var stream = Open(acceptedSeconds);
        if (seconds > 0)
        {
            _clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            _ended.Should().BeEmpty();
        }

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        _ended.Should().Equal(reason);
    }

    [Test]
    public void Offer_OneEventMoreThanTheQueueHolds_EndsTooSlow()
    {
        using var stream = Open(queueEvents: 3);
        stream.Take();
        for (var i = 0; i < 3; i++)
            stream.Offer(SseFrame.Create("x"u8)).Should().BeTrue();

        stream.Offer(SseFrame.Create("x"u8)).Should().BeFalse();
        _ended.Should().Equal(StreamEndReason.TooSlow);
    }

    [Test]
    public async Task Offer_MoreBytesThanTheQueueHolds_EndsTooSlowAndAborts()
    {
        using var stream = Open(queueBytes: 1000);
        stream.Take();
        stream.Offer(SseFrame.Create(new byte[600])).Should().BeTrue();
        stream.Offer(SseFrame.Create(new byte[401])).Should().BeFalse();

        _ended.Should().Equal(StreamEndReason.TooSlow);
        await CancelledAsync(stream);
    }

    [Test]
    public void Offer_OneEventLargerThanTheQueue_IsLetInAlone()
    {
        using var stream = Open(queueBytes: 1000);
        stream.Take();

        stream.Offer(SseFrame.Create(new byte[5000])).Should().BeTrue();
        stream.Offer(SseFrame.Create(new byte[1])).Should().BeFalse();
    }

    [Test]
    public void Offer_ReaderThatKeepsUp_NeverFills()
    {
        using var stream = Open(queueEvents: 2, queueBytes: 100);
        for (var i = 0; i < 10_000; i++)
        {
            stream.Take();
            stream.Offer(SseFrame.Create(new byte[60])).Should().BeTrue();
        }
    }

    [Test]
    public async Task End_InGoodOrder_LeavesAMomentForWhatWaits()
    {
        using var stream = Open();
        stream.End(StreamEndReason.Shutdown);

        stream.Take().Should().Be("first");
        stream.IsOver().Should().BeTrue();
        stream.Aborted.IsCancellationRequested.Should().BeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await CancelledAsync(stream);
    }

    [Test]
    public void End_Twice_KeepsTheFirstReason()
    {
        using (var stream = Open())
        {
            stream.End(StreamEndReason.ClientGone);
            stream.End(StreamEndReason.Shutdown);
        }

        _ended.Should().Equal(StreamEndReason.ClientGone);
    }

    [Test]
    public void Dispose_WithoutAnEnd_SaysThatSomethingFailed()
    {
        Open().Dispose();
        _ended.Should().Equal(StreamEndReason.Failed);
    }

    [Test]
    public void Ended_NothingComesAnyMore()
    {
        using var stream = Open();
        stream.Take();
        stream.End(StreamEndReason.MaxAge);
        _clock.Advance(TimeSpan.FromMinutes(5));

        stream.Offer(SseFrame.Create(new byte[1])).Should().BeFalse();
        stream.Take().Should().BeEmpty();
        _ended.Should().Equal(StreamEndReason.MaxAge);
    }

    private SseSubscriber Open(double? acceptedSeconds = null, int queueEvents = 1000, int queueBytes = 1 << 20)
    {
        var accepted = acceptedSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        var limits = new StreamLimits(queueEvents, queueBytes, TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(1800), accepted);
        var stream = new SseSubscriber(
            new TenantId(Guid.NewGuid()), SseFrame.Create("first"u8), limits, new StreamTimerQueue(_clock),
            (_, reason) => _ended.Add(reason));
        stream.Start();
        return stream;
    }

    /// <summary>An abort comes on another thread.</summary>
    private static Task CancelledAsync(SseSubscriber stream)
    {
        var cancelled = new TaskCompletionSource();
        stream.Aborted.Register(cancelled.SetResult);
        return cancelled.Task.WaitAsync(Deadlines.Soon);
    }
}
