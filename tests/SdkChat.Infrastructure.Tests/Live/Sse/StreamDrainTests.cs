using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Application.Live;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Live;
using SdkChat.Infrastructure.Live.Sse;
using SdkChat.Infrastructure.Live.Waits;
using SdkChat.TestSupport;

namespace SdkChat.Infrastructure.Tests.Live.Sse;

public sealed class StreamDrainTests
{
    private const int Streams = 100;

    private static readonly TenantId Demo = new(Guid.NewGuid());

    private readonly FakeTimeProvider _clock = new();

    private SseHub _hub = null!;
    private ISseStream[] _streams = null!;

    [SetUp]
    public void OpenStreams()
    {
        var feed = new FeedLiveness();
        feed.RecordProgress();
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        var (options, metrics) = (Options.Create(new LiveOptions()), new LiveMetrics(meters));
        _hub = new SseHub(
            options, feed, new ChatWatches(options, feed, metrics, _clock), metrics, _clock, Mock.Of<IHostApplicationLifetime>(),
            NullLogger<SseHub>.Instance);
        _streams = [.. Enumerable.Range(0, Streams).Select(_ => (ISseStream)((ILiveStreams)_hub).Open(Demo, StreamFilter.Default, null))];
    }

    [TearDown]
    public void DisposeOfTheHub() => _hub.Dispose();

    [TestCase("Production", null, 5)]
    [TestCase("Development", null, 0)]
    [TestCase("Production", 2.0, 2)]
    [TestCase("Development", 2.0, 2)]
    [TestCase("Production", 0.0, 0)]
    public void Drain_OnTermination_IsAsConfigured(string environment, double? configured, double seconds) =>
        Cause(environment, configured, terminated: true).Drain.Should().Be(TimeSpan.FromSeconds(seconds));

    [Test]
    public void Drain_OnAnInterrupt_IsNone() => Cause("Production", 5, terminated: false).Drain.Should().Be(TimeSpan.Zero);

    [Test]
    public async Task Stopping_WithoutADrain_EndsAllAtOnce()
    {
        await Drain(Cause("Development", null, terminated: true)).StoppingAsync(default);

        _hub.Open.Should().Be(0);
    }

    [Test]
    public async Task Stopping_WithADrain_SpreadsTheEndsEvenlyAndStillDelivers()
    {
        var stopping = Drain(Cause("Production", 10, terminated: true)).StoppingAsync(default);
        _hub.Open.Should().Be(Streams);

        for (var second = 1; second < 10; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Eventually.TrueAsync(() => Task.FromResult(_hub.Open <= Streams - (second * 10)));
            _hub.Open.Should().Be(Streams - (second * 10));
        }

        _hub.ChatCompleted(Demo, new ProfileId(Guid.NewGuid()), new ChatId(Guid.NewGuid()));
        _streams.Count(stream => stream.TryRead(out _) && stream.TryRead(out _)).Should().Be(10, "who is still there gets what happens");
        _clock.Advance(TimeSpan.FromSeconds(1));
        await stopping;
        _hub.Open.Should().Be(0);
    }

    [Test]
    public async Task Stopping_FromItsFirstMoment_LetsNobodyInAndIsNotReady()
    {
        (await IsReadyAsync()).Should().BeTrue();

        var stopping = Drain(Cause("Production", 10, terminated: true)).StoppingAsync(default);

        ((ISseStream)((ILiveStreams)_hub).Open(Demo, StreamFilter.Default, null)).IsOver()
            .Should().BeFalse("it is told when to come back first");
        _hub.Open.Should().Be(Streams);
        (await IsReadyAsync()).Should().BeFalse();
        _clock.Advance(TimeSpan.FromSeconds(10));
        await stopping;
    }

    [Test]
    public async Task Stopping_CutShort_EndsTheRestAtOnce()
    {
        using var patience = new CancellationTokenSource();
        var stopping = Drain(Cause("Production", 10, terminated: true)).StoppingAsync(patience.Token);

        await patience.CancelAsync();
        await stopping;

        _hub.Open.Should().Be(0);
    }

    private async Task<bool> IsReadyAsync() =>
        (await new StoppingHealthCheck(_hub).CheckHealthAsync(new HealthCheckContext())).Status == HealthStatus.Healthy;

    private StreamDrain Drain(StopCause cause) => new(_hub, cause, _clock, NullLogger<StreamDrain>.Instance);

    private static StopCause Cause(string environment, double? seconds, bool terminated)
    {
        var cause = new StopCause(
            Options.Create(new LiveOptions { DrainSeconds = seconds }),
            Mock.Of<IHostEnvironment>(host => host.EnvironmentName == environment));
        if (terminated)
            cause.Terminated();
        return cause;
    }
}
