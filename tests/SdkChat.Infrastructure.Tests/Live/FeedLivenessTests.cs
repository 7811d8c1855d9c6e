using SdkChat.Infrastructure.Live;

namespace SdkChat.Infrastructure.Tests.Live;

public sealed class FeedLivenessTests
{
    [Test]
    public void Vouches_BeforeTheFirstRead_No()
    {
        var pulse = new FeedLiveness();

        pulse.IsHealthy.Should().BeFalse();
        pulse.Tick(1).Should().BeFalse("there is nothing to lose yet");
    }

    [Test]
    public void Tick_PastTheGrace_TellsOnce()
    {
        var pulse = new FeedLiveness();
        pulse.RecordProgress();

        for (var tick = 1; tick <= 3; tick++)
            pulse.Tick(3).Should().BeFalse();
        pulse.IsHealthy.Should().BeTrue();
        pulse.Tick(3).Should().BeTrue();
        pulse.IsHealthy.Should().BeFalse();
        pulse.Tick(3).Should().BeFalse();
    }

    [Test]
    public void Beat_StartsTheGraceAnew()
    {
        var pulse = new FeedLiveness();
        pulse.RecordProgress();
        pulse.Tick(2);
        pulse.Tick(2);
        pulse.RecordProgress();

        pulse.Tick(2).Should().BeFalse();
        pulse.Tick(2).Should().BeFalse();
        pulse.Tick(2).Should().BeTrue();
        pulse.RecordProgress();
        pulse.IsHealthy.Should().BeTrue();
    }

    [Test]
    public void Tick_ShortestGraceAndProgressBeforeEachTick_IsNeverLost()
    {
        var pulse = new FeedLiveness();

        for (var tick = 0; tick < 5; tick++)
        {
            pulse.RecordProgress();
            pulse.Tick(1).Should().BeFalse("the feed has just read");
        }

        pulse.IsHealthy.Should().BeTrue();
    }
}
