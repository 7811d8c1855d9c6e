using Microsoft.Extensions.Time.Testing;
using SdkChat.Domain.Tenants;
using SdkChat.Infrastructure.Live.Feed;
using SdkChat.Infrastructure.Live.Feed.Relay;

namespace SdkChat.Infrastructure.Tests.Live.Feed.Relay;

public sealed class RelayInboxTests
{
    private static readonly TenantId Demo = new(Guid.NewGuid());
    private static readonly TenantId Acme = new(Guid.NewGuid());

    private readonly FakeTimeProvider _clock = new();

    private RelayInbox _inbox = null!;

    [SetUp]
    public void Make() => _inbox = new RelayInbox(_clock);

    [Test]
    public void Take_EndWithAllItsParts_IsComplete()
    {
        _inbox.Offer(Part(1, Demo));
        _inbox.Offer(End(1, Demo));

        var batch = Take(Demo);

        batch!.IsComplete.Should().BeTrue();
        batch.Events.Should().ContainSingle().Which.Tenant.Should().Be(Demo);
        batch.To.LastXid.Should().Be(1);
    }

    [Test]
    public void Take_PartAfterItsEnd_IsWaitedForAMoment()
    {
        _inbox.Offer(End(1, Demo));
        Take(Demo).Should().BeNull();

        _inbox.Offer(Part(1, Demo));

        Take(Demo)!.IsComplete.Should().BeTrue();
    }

    [Test]
    public void Take_PartThatDoesNotCome_IsNotCompleteAfterAMoment()
    {
        _inbox.Offer(End(1, Demo));
        _clock.Advance(RelayInbox.PartTimeout);

        Take(Demo)!.IsComplete.Should().BeFalse();
    }

    [Test]
    public void Take_PartOfATenantThatNobodyWatches_IsNotMissed()
    {
        _inbox.Offer(End(1, Demo, Acme));
        _inbox.Offer(Part(1, Demo));

        Take(Demo)!.IsComplete.Should().BeTrue();
    }

    [Test]
    public void Take_PartOfAnotherBatchOrRelay_DoesNotCount()
    {
        _inbox.Offer(Part(2, Demo));
        _inbox.Offer(Part(1, Demo) with { Relay = "another" });
        _inbox.Offer(End(1, Demo));
        _clock.Advance(RelayInbox.PartTimeout);

        Take(Demo)!.IsComplete.Should().BeFalse();
    }

    [Test]
    public void Offer_MoreThanItKeeps_ForgetsAndShowsTheGap()
    {
        for (var batch = 1; batch <= 1000; batch++)
            _inbox.Offer(End(batch));

        Take(Demo)!.From.LastXid.Should().BeGreaterThan(
            0, "what went before was dropped, and the reader sees that it does not begin where he is");
    }

    private RelayedBatch? Take(params TenantId[] watched) => _inbox.Take(watched.Contains);

    private static RelayPart Part(long batch, TenantId tenant) =>
        new(
            "relay", batch, tenant.Value,
            [new RelayedEvent((ulong)batch, tenant.Value, Guid.NewGuid(), Guid.NewGuid(), "chat_completed", null)]);

    private static RelayEnd End(long batch, params TenantId[] tenants) =>
        new(
            "relay", batch, new RelayedPosition("1:1:", (ulong)batch - 1), new RelayedPosition("1:1:", (ulong)batch),
            [.. tenants.Select(tenant => tenant.Value)]);
}
