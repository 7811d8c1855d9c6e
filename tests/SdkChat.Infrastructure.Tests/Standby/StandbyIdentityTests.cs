using SdkChat.Infrastructure.Standby;

namespace SdkChat.Infrastructure.Tests.Standby;

public sealed class StandbyIdentityTests
{
    private static readonly PrimaryRow Primary = new(1000, Timeline: 2, Cluster: 7);

    private static readonly StandbyRow Standby = new(IsInRecovery: true, 5000, Timeline: 2, Cluster: 7, Started: 1);

    [Test]
    public void GetRefusalReason_AStandbyOfThePrimary_IsUsed() => StandbyIdentity.GetRefusalReason(Primary, Standby).Should().BeNull();

    /// <summary>Its position may be beyond that of the new primary, and lack all that was committed there.</summary>
    [Test]
    public void GetRefusalReason_AStandbyOfTheFormerPrimary_IsRefused() =>
        StandbyIdentity.GetRefusalReason(Primary, Standby with { Timeline = 1 })
            .Should().StartWith("it is on timeline 1, and the primary on 2");

    [Test]
    public void GetRefusalReason_AStandbyOfAnotherCluster_IsRefused() =>
        StandbyIdentity.GetRefusalReason(Primary, Standby with { Cluster = 8 }).Should().Be("it is the standby of another cluster");

    [Test]
    public void GetRefusalReason_APromotedStandby_IsRefused() =>
        StandbyIdentity.GetRefusalReason(Primary, Standby with { IsInRecovery = false }).Should().Be("the server is not a standby");
}
