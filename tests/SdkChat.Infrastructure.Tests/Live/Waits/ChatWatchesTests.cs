using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SdkChat.Application.Live;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Live;
using SdkChat.Infrastructure.Live.Waits;

namespace SdkChat.Infrastructure.Tests.Live.Waits;

public sealed class ChatWatchesTests
{
    private static readonly TenantId Demo = new(Guid.NewGuid());
    private static readonly TenantId Acme = new(Guid.NewGuid());
    private static readonly ChatId Chat = new(Guid.NewGuid());

    private readonly FakeTimeProvider _clock = new();
    private FeedLiveness _feed = null!;
    private ChatWatches _watches = null!;

    [SetUp]
    public void BeginHealthy()
    {
        _feed = new FeedLiveness();
        _feed.RecordProgress();
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        _watches = new ChatWatches(
            Options.Create(new LiveOptions { MaxWaits = 3, MaxWaitsPerTenant = 2 }), _feed, new LiveMetrics(meters), _clock);
    }

    [Test]
    public async Task Changed_ChatOfATenant_SignalsItsWatchesAlone()
    {
        using var first = Watch();
        using var second = Watch();
        using var sameIdOfAnother = Watch(Acme);

        _watches.ChatChanged(Demo, Chat);
        _watches.ChatChanged(Demo, new ChatId(Guid.NewGuid()));

        (await TakeAsync(first)).Should().Be(ChatSignals.Changed);
        (await TakeAsync(first)).Should().Be(ChatSignals.None, "a signal is taken once");
        (await TakeAsync(second)).Should().Be(ChatSignals.Changed);
        (await TakeAsync(sameIdOfAnother)).Should().Be(ChatSignals.None);
    }

    [Test]
    public async Task Signals_WhileNobodyWaits_AreKeptForTheNextWait()
    {
        using var watch = Watch();

        _watches.DirectoryChanged();
        _watches.EndAll(Acme);
        (await TakeAsync(watch)).Should().Be(ChatSignals.AccessChanged);

        _watches.ChatChanged(Demo, Chat);
        _watches.EndAll(Demo);
        (await TakeAsync(watch)).Should().Be(ChatSignals.Changed | ChatSignals.Ended);
    }

    [Test]
    public async Task Wait_WithoutASignal_EndsAtItsLimit()
    {
        using var watch = Watch();

        var wait = watch.TakeSignalsAsync(TimeSpan.FromSeconds(20), CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(19));
        wait.IsCompleted.Should().BeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));

        (await wait).Should().Be(ChatSignals.None);
    }

    [Test]
    public void TryWatch_BeyondALimit_IsRefusedUntilOneEnds()
    {
        var (first, second) = (Watch(), Watch());
        _watches.TryWatch(Demo, Chat).Should().BeNull("the tenant has two");
        using var other = Watch(Acme);
        _watches.TryWatch(Acme, Chat).Should().BeNull("the node has three");

        first.Dispose();
        first.Dispose();
        Watch(Acme).Dispose();
        second.Dispose();
        other.Dispose();

        _watches.Count.Should().Be(0);
    }

    [Test]
    public async Task TryWatch_OnANodeThatStops_IsRefusedAndOpenOnesEnd()
    {
        using var watch = Watch();

        _watches.Close();

        (await TakeAsync(watch)).Should().Be(ChatSignals.Ended);
        _watches.TryWatch(Demo, Chat).Should().BeNull();
    }

    [Test]
    public void TryWatch_WhileTheFeedMayMissEvents_IsRefusedAndLeavesNothing()
    {
        _feed.Tick(1).Should().BeFalse();
        _feed.Tick(1).Should().BeTrue();

        _watches.TryWatch(Demo, Chat).Should().BeNull();

        _watches.Count.Should().Be(0);
    }

    [Test]
    public void Kinds_WhileThereIsAWatch_AreAllThatChangeAChat()
    {
        var began = 0;
        _watches.Began += () => began++;
        _watches.Kinds.Should().Be(LiveEvents.None);

        using (Watch())
            _watches.Kinds.Should().Be(
                LiveEvents.ChatCompleted | LiveEvents.ChatFailed | LiveEvents.ChatEnded | LiveEvents.BacklistTriggered);

        _watches.Kinds.Should().Be(LiveEvents.None);
        began.Should().Be(1);
    }

    private static Task<ChatSignals> TakeAsync(IChatWatch watch) => watch.TakeSignalsAsync(TimeSpan.Zero, CancellationToken.None);

    private IChatWatch Watch(TenantId? tenant = null) =>
        _watches.TryWatch(tenant ?? Demo, Chat) ?? throw new InvalidOperationException("The watch was refused.");
}
