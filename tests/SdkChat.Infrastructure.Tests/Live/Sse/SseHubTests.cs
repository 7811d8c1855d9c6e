using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Live;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Live;
using SdkChat.Infrastructure.Live.Sse;
using SdkChat.Infrastructure.Live.Waits;

namespace SdkChat.Infrastructure.Tests.Live.Sse;

public sealed class SseHubTests
{
    private static readonly TenantId Demo = new(Guid.NewGuid());
    private static readonly TenantId Acme = new(Guid.NewGuid());

    private readonly FakeTimeProvider _clock = new();
    private readonly FeedLiveness _feed = new();

    private CancellationTokenSource _stopping = null!;

    [SetUp]
    public void Start()
    {
        _stopping = new CancellationTokenSource();
        _feed.RecordProgress();
    }

    [TearDown]
    public void Stop() => _stopping.Dispose();

    [Test]
    public void Publish_ReachesEveryStreamOfTheTenantAndNoOther()
    {
        var hub = NewHub();
        ISseStream[] demo = [Open(hub, Demo), Open(hub, Demo)];
        var acme = Open(hub, Acme);
        var (profile, chat) = (new ProfileId(Guid.NewGuid()), new ChatId(Guid.NewGuid()));

        hub.ChatCompleted(Demo, profile, chat);

        var frames = demo.Select(stream => stream.TryRead(out var frame) ? frame : default).ToArray();
        frames[0].Equals(frames[1]).Should().BeTrue("an event is serialised once, whatever the number of its readers");
        frames[0].Length.Should().BePositive();
        acme.Take().Should().BeEmpty();
    }

    [Test]
    public void Publish_ToMoreThanAreFetchedAtOnce_ReachesEachOnce([Values(1, 15, 16, 17, 33)] int streams, [Values(1, 2)] int events)
    {
        var hub = NewHub();
        var demo = Enumerable.Range(0, streams).Select(_ => Open(hub, Demo)).ToArray();

        hub.BeginBatch();
        for (var i = 0; i < events; i++)
            hub.ChatCompleted(Demo, new ProfileId(Guid.NewGuid()), new ChatId(Guid.NewGuid()));
        hub.Flush();

        var taken = demo.Select(stream => stream.Take().Split("event: chat_completed").Length - 1).ToArray();
        taken.Should().AllBeEquivalentTo(events);
    }

    [Test]
    public void Publish_ToStreamsWithFilters_ReachesThoseThatAcceptIt([Values] bool isBatch)
    {
        var hub = NewHub();
        var (profile, other, chat) = (new ProfileId(Guid.NewGuid()), new ProfileId(Guid.NewGuid()), new ChatId(Guid.NewGuid()));
        var plain = Open(hub, Demo);
        var starts = Open(hub, Demo, new StreamFilter(LiveEvents.ChatStarted));
        var all = Open(hub, Demo, new StreamFilter(LiveEvents.All));
        var narrow = Open(hub, Demo, new StreamFilter(LiveEvents.All, profile));
        var foreign = Open(hub, Acme, new StreamFilter(LiveEvents.All));

        if (isBatch)
            hub.BeginBatch();
        hub.ChatStarted(Demo, profile, chat);
        hub.ChatFailed(Demo, other, chat, "no");
        hub.ChatCompleted(Demo, other, chat);
        hub.ChatEnded(Demo, profile, chat);
        hub.Flush();

        Names(plain).Should().Equal("chat_completed");
        Names(starts).Should().Equal("chat_started");
        Names(all).Should().Equal("chat_started", "chat_failed", "chat_completed", "chat_ended");
        Names(narrow).Should().Equal("chat_started", "chat_ended");
        Names(foreign).Should().BeEmpty();
    }

    [Test]
    public void Batch_WithNothingForAStream_LeavesItAsItIs()
    {
        var hub = NewHub();
        var (plain, starts) = (Open(hub, Demo), Open(hub, Demo, new StreamFilter(LiveEvents.ChatStarted)));

        hub.BeginBatch();
        hub.ChatStarted(Demo, new ProfileId(Guid.NewGuid()), new ChatId(Guid.NewGuid()));
        hub.ChatStarted(Demo, new ProfileId(Guid.NewGuid()), new ChatId(Guid.NewGuid()));
        hub.Flush();

        plain.Take().Should().BeEmpty();
        Names(starts).Should().Equal("chat_started", "chat_started");
        hub.Streams().Should().OnlyContain(stream => stream.Traffic.Queued == 0);
    }

    [Test]
    public void SubscribedKinds_FollowTheStreamsThatAreOpen()
    {
        var hub = NewHub();
        hub.SubscribedKinds.Should().Be(LiveEvents.Default);

        var first = Open(hub, Demo, new StreamFilter(LiveEvents.ChatStarted));
        var second = Open(hub, Acme, new StreamFilter(LiveEvents.ChatStarted | LiveEvents.ChatEnded));
        hub.SubscribedKinds.Should().Be(LiveEvents.Default | LiveEvents.ChatStarted | LiveEvents.ChatEnded);
        hub.HasSubscribers(Demo, LiveEvents.ChatEnded).Should().BeFalse();
        hub.HasSubscribers(Demo, LiveEvents.Default).Should().BeFalse();
        hub.HasSubscribers(Acme, LiveEvents.ChatEnded).Should().BeTrue();

        second.End(StreamEndReason.ClientGone);
        second.Dispose();
        hub.SubscribedKinds.Should().Be(LiveEvents.Default | LiveEvents.ChatStarted);
        first.End(StreamEndReason.ClientGone);
        hub.SubscribedKinds.Should().Be(LiveEvents.Default);
    }

    [Test]
    public void Publish_OneReaderThatNeverReads_EndsItAndDelaysNobody()
    {
        var hub = NewHub(new LiveOptions { QueueEvents = 10 });
        var stuck = Open(hub, Demo);
        var quick = Open(hub, Demo);

        for (var i = 0; i < 100; i++)
        {
            hub.ChatCompleted(Demo, new ProfileId(Guid.NewGuid()), new ChatId(Guid.NewGuid()));
            quick.Take().Should().StartWith("event: chat_completed");
        }

        hub.Open.Should().Be(1);
        stuck.Take();
        stuck.IsOver().Should().BeTrue();
    }

    [Test]
    public void Open_PastTheLimitOfTheTenant_IsRefusedUntilOneEnds()
    {
        var hub = NewHub(new LiveOptions { MaxStreamsPerTenant = 2 });
        var first = Open(hub, Demo);
        Open(hub, Demo);

        ShouldRefuse(hub, Demo);
        Open(hub, Acme);
        first.End(StreamEndReason.ClientGone);
        Open(hub, Demo);
        hub.Open.Should().Be(3);
    }

    [Test]
    public void Open_PastTheLimitOfTheNode_IsRefused()
    {
        var hub = NewHub(new LiveOptions { MaxStreams = 2 });
        Open(hub, Demo);
        Open(hub, Acme);

        ShouldRefuse(hub, Demo);
        hub.Open.Should().Be(2);
    }

    [Test]
    public void Open_WhileTheNodeStops_SaysRetryAndIsOver()
    {
        var hub = NewHub();
        var before = Open(hub, Demo);
        _stopping.Cancel();
        before.IsOver().Should().BeFalse("its end is the drain's business");

        var after = (ISseStream)((ILiveStreams)hub).Open(Demo, StreamFilter.Default, null);
        after.Take().Should().MatchRegex(@"^retry: \d+\n\n$");
        after.IsOver().Should().BeTrue();
        hub.Open.Should().Be(1);
    }

    [Test]
    public void Open_WhileTheFeedIsNotHealthy_SaysRetryAndIsOver()
    {
        var hub = NewHub();
        _feed.Tick(1).Should().BeFalse();
        _feed.Tick(1).Should().BeTrue();

        var stream = (ISseStream)((ILiveStreams)hub).Open(Demo, StreamFilter.Default, null);

        stream.Take().Should().MatchRegex(@"^retry: \d+\n\n$");
        stream.IsOver().Should().BeTrue();
    }

    [Test]
    public void Open_WhileTheNodeStopsAndIsFull_SaysRetryInsteadOf429([Values] bool isNodeFull)
    {
        var hub = NewHub(isNodeFull ? new LiveOptions { MaxStreams = 1 } : new LiveOptions { MaxStreamsPerTenant = 1 });
        Open(hub, Demo);
        hub.Close();

        var stream = (ISseStream)((ILiveStreams)hub).Open(Demo, StreamFilter.Default, null);

        stream.Take().Should().MatchRegex(@"^retry: \d+\n\n$");
        stream.IsOver().Should().BeTrue();
        hub.Open.Should().Be(1);
    }

    [Test]
    public void OpenRetryOnly_OnAFullNode_GetsNoEventAndTakesNoPlace()
    {
        var hub = NewHub(new LiveOptions { MaxStreams = 1 });
        Open(hub, Demo);

        var stream = (ISseStream)((ILiveStreams)hub).OpenRetryOnly(Demo);
        hub.ChatCompleted(Demo, new ProfileId(Guid.NewGuid()), new ChatId(Guid.NewGuid()));

        stream.Take().Should().MatchRegex(@"^retry: \d+\n\n$");
        stream.IsOver().Should().BeTrue();
        hub.Open.Should().Be(1);
    }

    [Test]
    public void Open_AtTheLimitWithAStalledStreamOfTheSameSubject_ReplacesTheLongestStalled([Values] bool isNodeFull)
    {
        var hub = NewHub(isNodeFull ? new LiveOptions { MaxStreams = 3 } : new LiveOptions { MaxStreamsPerTenant = 3 });
        var (well, dead, stalled) = (Open(hub, Demo, "hanako", 0), Open(hub, Demo, "hanako", 30), Open(hub, Demo, "hanako", 6));

        Open(hub, Demo, "hanako", 0);
        dead.IsOver().Should().BeTrue("it was stalled for longer");
        Open(hub, Demo, "hanako", 0);
        stalled.IsOver().Should().BeTrue();
        ShouldRefuse(hub, Demo, "hanako");

        well.IsOver().Should().BeFalse();
        hub.Open.Should().Be(3);
    }

    [TestCase("taro", 30, Description = "another subject's")]
    [TestCase("hanako", 4, Description = "silent for no longer than a network may be")]
    public void Open_AtTheLimitWithoutAStalledStreamOfItsOwn_IsRefused(string subject, int silence)
    {
        var hub = NewHub(new LiveOptions { MaxStreamsPerTenant = 1 });
        var other = Open(hub, Demo, subject, silence);

        ShouldRefuse(hub, Demo, "hanako");
        ShouldRefuse(hub, Demo, null);
        other.IsOver().Should().BeFalse();
    }

    [Test]
    public void Open_AtTheLimitWithAReaderOfTheSameSubjectThatIsBehind_ReplacesIt()
    {
        var hub = NewHub(new LiveOptions { MaxStreamsPerTenant = 1 });
        var behind = Open(hub, Demo, "hanako", 0);
        hub.ChatCompleted(Demo, new ProfileId(Guid.NewGuid()), new ChatId(Guid.NewGuid()));
        ShouldRefuse(hub, Demo, "hanako");

        _clock.Advance(TimeSpan.FromSeconds(5));
        Open(hub, Demo, "hanako", 0);

        behind.Take();
        behind.IsOver().Should().BeTrue();
    }

    [Test]
    public void Open_ManyTimes_JittersAgeAndRetry()
    {
        var hub = NewHub();
        var retries = Enumerable.Range(0, 50).Select(_ => ((ISseStream)((ILiveStreams)hub).Open(Demo, StreamFilter.Default, null)).Take())
            .ToHashSet();
        retries.Count.Should().BeGreaterThan(10);

        _clock.Advance(TimeSpan.FromMinutes(24) - TimeSpan.FromSeconds(1));
        hub.Open.Should().Be(50);
        _clock.Advance(TimeSpan.FromMinutes(3));
        hub.Open.Should().BeInRange(1, 49);
        _clock.Advance(TimeSpan.FromMinutes(3.1));
        hub.Open.Should().Be(0);
    }

    [Test]
    public async Task OpenAndEnd_FromManyThreads_LeavesNothingBehind()
    {
        var hub = NewHub();
        var tenants = Enumerable.Range(0, 5).Select(_ => new TenantId(Guid.NewGuid())).ToArray();

        await Parallel.ForEachAsync(Enumerable.Range(0, 5000), async (i, _) =>
        {
            var tenant = tenants[i % tenants.Length];
            using var stream = (ISseStream)((ILiveStreams)hub).Open(tenant, StreamFilter.Default, null);
            hub.ChatCompleted(tenant, new ProfileId(Guid.NewGuid()), new ChatId(Guid.NewGuid()));
            // Its own event at the least: a stream that is open is in its group, however many come and go beside it.
            await stream.ReadUntilAsync(frames => frames.Any(frame => frame.StartsWith("event: chat_completed", StringComparison.Ordinal)));
            stream.End(StreamEndReason.ClientGone);
        });

        hub.Open.Should().Be(0);
        hub.SubscribedTenants.Should().BeEmpty();
    }

    [Test]
    public void Metrics_CountStreamsAndEndsByReasonWithoutTenants()
    {
        var seen = new List<(string Name, long Value, string Tags)>();
        var isMine = false;
        // Hubs of tests before this one are still there to be observed.
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (isMine && instrument.Meter.Name == LiveMetrics.MeterName) self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            seen.Add((instrument.Name, value, string.Join(",", tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")))));
        listener.Start();
        isMine = true;
        var hub = NewHub();

        var stream = Open(hub, Demo);
        hub.ChatCompleted(Demo, new ProfileId(Guid.NewGuid()), new ChatId(Guid.NewGuid()));
        stream.End(StreamEndReason.TokenExpired);

        seen.Should().Equal(("sdkchat.streams.opened", 1, ""), ("sdkchat.events.delivered", 1, ""));
        seen.Clear();
        listener.RecordObservableInstruments();
        seen.Should().Contain(("sdkchat.streams.open", 0, ""));
        seen.Where(measured => measured.Name == "sdkchat.streams.ended").Should().BeEquivalentTo(Enum.GetValues<StreamEndReason>()
            .Select(
                reason =>
                    ("sdkchat.streams.ended", reason == StreamEndReason.TokenExpired ? 1L : 0L, $"reason={LiveMetrics.NameOf(reason)}")));
    }

    private static string[] Names(ISseStream stream) =>
    [.. stream.Take().Split('\n').Where(line => line.StartsWith("event: ", StringComparison.Ordinal))
        .Select(line => line["event: ".Length..])];

    private static ISseStream Open(SseHub hub, TenantId tenant) => Open(hub, tenant, StreamFilter.Default);

    private static ISseStream Open(SseHub hub, TenantId tenant, StreamFilter filter)
    {
        var stream = (ISseStream)((ILiveStreams)hub).Open(tenant, filter, null);
        stream.Take().Should().EndWith("event: ready\ndata: {}\n\n");
        return stream;
    }

    private static ISseStream Open(SseHub hub, TenantId tenant, string subject, int silence)
    {
        var stream = (ISseStream)((ILiveStreams)hub).Open(tenant, StreamFilter.Default, null, subject);
        stream.Take().Should().EndWith("event: ready\ndata: {}\n\n");
        stream.Watch(new SilentConnection(TimeSpan.FromSeconds(silence)));
        return stream;
    }

    private static void ShouldRefuse(SseHub hub, TenantId tenant, string? subject = null) =>
        FluentActions.Invoking(() => ((ILiveStreams)hub).Open(tenant, StreamFilter.Default, null, subject))
            .Should().Throw<SdkChatException>().Which.Code.Should().Be(ErrorCode.TooManyStreams);

    private SseHub NewHub(LiveOptions? options = null)
    {
        var lifetime = new Mock<IHostApplicationLifetime>();
        lifetime.Setup(host => host.ApplicationStopping).Returns(_stopping.Token);
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        var (all, metrics) = (Options.Create(options ?? new LiveOptions()), new LiveMetrics(meters));
        return new SseHub(
            all, _feed, new ChatWatches(all, _feed, metrics, _clock), metrics, _clock, lifetime.Object, NullLogger<SseHub>.Instance);
    }

    private sealed record SilentConnection(TimeSpan Silence) : IReaderConnection;
}
