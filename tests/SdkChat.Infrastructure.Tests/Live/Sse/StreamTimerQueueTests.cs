using Microsoft.Extensions.Time.Testing;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Live.Sse;

namespace SdkChat.Infrastructure.Tests.Live.Sse;

/// <summary>One timer for many streams, each at its own time.</summary>
public sealed class StreamTimerQueueTests
{
    private FakeTimeProvider _time = null!;
    private StreamTimerQueue _clock = null!;

    [SetUp]
    public void Start()
    {
        _time = new FakeTimeProvider();
        _clock = new StreamTimerQueue(_time);
    }

    [TearDown]
    public void Stop() => _clock.Dispose();

    [Test]
    public void Streams_OpenedOneAfterTheOther_AreEachPingedAtTheirOwnTime()
    {
        var streams = new List<SseSubscriber>();
        for (var i = 0; i < 25; i++)
        {
            streams.Add(Open(TimeSpan.FromMinutes(30)));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        foreach (var stream in streams)
        {
            streams.Where(one => one.Take().Contains("ping", StringComparison.Ordinal)).Should().Equal(stream);
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Test]
    public void Set_EarlierThanAllOthers_RingsFirst()
    {
        using var late = Open(TimeSpan.FromSeconds(20));
        using var early = Open(TimeSpan.FromSeconds(10));

        _time.Advance(TimeSpan.FromSeconds(10));

        late.Offer(SseFrame.Create("x"u8)).Should().BeTrue();
        early.IsOver().Should().BeTrue();
    }

    [Test]
    public void Stream_ThatIsDisposed_IsNotKeptByItsAlarm()
    {
        var stream = OpenAndDispose();

        GC.Collect();

        stream.TryGetTarget(out _).Should().BeFalse();
        GC.KeepAlive(_clock);
    }

    private WeakReference<SseSubscriber> OpenAndDispose()
    {
        var stream = Open(TimeSpan.FromMinutes(30));
        stream.Dispose();
        return new WeakReference<SseSubscriber>(stream);
    }

    private SseSubscriber Open(TimeSpan maxAge)
    {
        var limits = new StreamLimits(10, 1000, TimeSpan.FromSeconds(25), maxAge, null);
        var stream = new SseSubscriber(new TenantId(Guid.NewGuid()), SseFrame.Create("first"u8), limits, _clock, (_, _) => { });
        stream.Start();
        stream.Take();
        return stream;
    }
}
