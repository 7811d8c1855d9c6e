using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Application.Live;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Live;
using SdkChat.Infrastructure.Live.Feed;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Tests.Live.Feed;

/// <summary>Which commits wake which feeds, and how often a feed polls.</summary>
public sealed class EventSignalTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Subscribed _subscribed = new();

    private FeedConnections _connections = null!;
    private EventNotifier _notifier = null!;
    private FeedSchedule _schedule = null!;

    [SetUp]
    public void Start()
    {
        _subscribed.SubscribedKinds = LiveEvents.Default;
        // Nothing connects: the notifier does not run.
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new($"ConnectionStrings:{DatabaseConnection.Name}", "Host=127.0.0.1;Port=1;Username=nobody")]).Build();
        _connections = new FeedConnections(configuration, Options.Create(new DatabaseOptions()));
        _notifier = new EventNotifier(_connections, _clock, NullLogger<EventNotifier>.Instance);
        _schedule = new FeedSchedule(Options.Create(new LiveOptions()), _subscribed, _clock);
        _schedule.SetListening(true);
    }

    [TearDown]
    public void Stop()
    {
        _schedule.Dispose();
        _notifier.Dispose();
        _connections.Dispose();
    }

    [TestCase(LiveEvents.ChatStarted)]
    [TestCase(LiveEvents.ChatFailed)]
    [TestCase(LiveEvents.ChatEnded)]
    public void Commit_OfAKindThatNoStreamCarries_WakesNoFeed(LiveEvents kind)
    {
        Signal().EventsCommitted(kind);

        (_schedule.IsDue, _notifier.IsPending).Should().Be((false, false));
    }

    [Test]
    public void Commit_OfAKindThatAStreamHereCarries_WakesThisNodesFeedAlone()
    {
        _subscribed.SubscribedKinds = LiveEvents.Default | LiveEvents.ChatStarted;

        Signal().EventsCommitted(LiveEvents.ChatStarted);

        (_schedule.IsDue, _notifier.IsPending).Should().Be((true, false));
    }

    [TestCase(LiveEvents.ChatCompleted)]
    [TestCase(LiveEvents.BacklistTriggered)]
    public void Commit_OfAKindThatEveryFeedReads_WakesAllFeeds(LiveEvents kind)
    {
        Signal().EventsCommitted(kind);

        (_schedule.IsDue, _notifier.IsPending).Should().Be((true, true));
    }

    [Test]
    public async Task Poll_WhileAStreamCarriesOtherKinds_IsDueFourTimesASecond()
    {
        _clock.Advance(TimeSpan.FromMilliseconds(900));
        _schedule.IsDue.Should().BeFalse("notifications arrive, so it polls once a second");

        _subscribed.SubscribedKinds |= LiveEvents.ChatEnded;
        _subscribed.Change();
        for (var poll = 0; poll < 4; poll++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(250));
            _schedule.IsDue.Should().BeTrue();
            await _schedule.WaitAsync(default);
        }

        _subscribed.SubscribedKinds = LiveEvents.Default;
        _clock.Advance(TimeSpan.FromMilliseconds(250));
        await _schedule.WaitAsync(default);
        _clock.Advance(TimeSpan.FromMilliseconds(900));
        _schedule.IsDue.Should().BeFalse("the last such stream has ended");
    }

    private EventSignal Signal() => new(_schedule, _notifier, _subscribed);

    private sealed class Subscribed : ISubscribedTenants
    {
        public event Action? SubscribedTenantsChanged;

        public ICollection<TenantId> SubscribedTenants => [];

        public LiveEvents SubscribedKinds { get; set; }

        public void Change() => SubscribedTenantsChanged?.Invoke();
    }
}
