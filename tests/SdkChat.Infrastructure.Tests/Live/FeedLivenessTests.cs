using SdkChat.Infrastructure.Live;

namespace SdkChat.Infrastructure.Tests.Live;

public sealed class FeedLivenessTests
{
    [Test]
    public void Vouches_BeforeTheFirstRead_No()
    {
        var liveness = new FeedLiveness();

        liveness.IsHealthy.Should().BeFalse();
        liveness.Tick(1).Should().BeFalse("there is nothing to lose yet");
    }

    [Test]
    public void Tick_PastTheGrace_TellsOnce()
    {
        var liveness = new FeedLiveness();
        liveness.RecordProgress();

        for (var tick = 1; tick <= 3; tick++)
            liveness.Tick(3).Should().BeFalse();
        liveness.IsHealthy.Should().BeTrue();
        liveness.Tick(3).Should().BeTrue();
        liveness.IsHealthy.Should().BeFalse();
        liveness.Tick(3).Should().BeFalse();
    }

    [Test]
    public void Beat_StartsTheGraceAnew()
    {
        var liveness = new FeedLiveness();
        liveness.RecordProgress();
        liveness.Tick(2);
        liveness.Tick(2);
        liveness.RecordProgress();

        liveness.Tick(2).Should().BeFalse();
        liveness.Tick(2).Should().BeFalse();
        liveness.Tick(2).Should().BeTrue();
        liveness.RecordProgress();
        liveness.IsHealthy.Should().BeTrue();
    }

    [Test]
    public void Tick_ShortestGraceAndProgressBeforeEachTick_IsNeverLost()
    {
        var liveness = new FeedLiveness();

        for (var tick = 0; tick < 5; tick++)
        {
            liveness.RecordProgress();
            liveness.Tick(1).Should().BeFalse("the feed has just read");
        }

        liveness.IsHealthy.Should().BeTrue();
    }
}
