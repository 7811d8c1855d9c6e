using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Live.Sse;

namespace SdkChat.Infrastructure.Tests.Live.Sse;

/// <summary>Coming and going at the same instant loses nobody and keeps nobody.</summary>
public sealed class SubscriberGroupsTests
{
    private static readonly TenantId Tenant = new(Guid.NewGuid());
    private static readonly StreamTimerQueue Clock = new(TimeProvider.System);

    [Test]
    public void AddAndRemove_AtOnce_KeepsExactlyThoseWhoStay()
    {
        var groups = new SubscriberGroups();
        var stay = Enumerable.Range(0, 150).Select(_ => New()).ToArray();
        Parallel.ForEach(stay, new ParallelOptions { MaxDegreeOfParallelism = 8 }, stream => groups.TryAdd(stream, 1000).Should().BeTrue());

        InParallel(() =>
        {
            var guest = New();
            groups.TryAdd(guest, 1000);
            groups.Remove(guest);
        });

        groups.Get(Tenant).ToHashSet().SetEquals(stay).Should().BeTrue();
        groups.Get(Tenant).Should().HaveCount(stay.Length);
    }

    [Test]
    public void AddAndRemove_AtOnce_AroundAnEmptyGroup_LosesNobody()
    {
        var groups = new SubscriberGroups();
        var lost = 0;

        InParallel(() =>
        {
            var guest = New();
            groups.TryAdd(guest, 1000);
            if (!groups.Get(Tenant).Contains(guest))
                Interlocked.Increment(ref lost);
            groups.Remove(guest);
        });

        lost.Should().Be(0);
        groups.Tenants.Should().BeEmpty();
    }

    [Test]
    public void Add_PastTheMost_IsRefused()
    {
        var groups = new SubscriberGroups();
        groups.TryAdd(New(), 1).Should().BeTrue();

        groups.TryAdd(New(), 1).Should().BeFalse();
        groups.Get(Tenant).Should().HaveCount(1);
    }

    private static void InParallel(Action work)
    {
        using var start = new Barrier(4);
        var running = Enumerable.Range(0, start.ParticipantCount).Select(_ => new Thread(() =>
        {
            start.SignalAndWait();
            for (var i = 0; i < 20_000; i++)
                work();
        })).ToArray();
        Array.ForEach(running, thread => thread.Start());
        Array.ForEach(running, thread => thread.Join());
    }

    private static SseSubscriber New() => new(
        Tenant, default, new StreamLimits(2, 1024, TimeSpan.FromSeconds(25), TimeSpan.FromMinutes(30), null), Clock, (_, _) => { });
}
