using SdkChat.Infrastructure.Live;

namespace SdkChat.Infrastructure.Tests.Live;

public sealed class FeedPulseTests
{
    [Test]
    public void Vouches_BeforeTheFirstRead_No()
    {
        var pulse = new FeedPulse();

        pulse.Vouches.Should().BeFalse();
        pulse.Tick(1).Should().BeFalse("there is nothing to lose yet");
    }

    [Test]
    public void Tick_PastTheGrace_TellsOnce()
    {
        var pulse = new FeedPulse();
        pulse.Beat();

        pulse.Tick(3).Should().BeFalse();
        pulse.Tick(3).Should().BeFalse();
        pulse.Vouches.Should().BeTrue();
        pulse.Tick(3).Should().BeTrue();
        pulse.Vouches.Should().BeFalse();
        pulse.Tick(3).Should().BeFalse();
    }

    [Test]
    public void Beat_StartsTheGraceAnew()
    {
        var pulse = new FeedPulse();
        pulse.Beat();
        pulse.Tick(2);
        pulse.Beat();

        pulse.Tick(2).Should().BeFalse();
        pulse.Tick(2).Should().BeTrue();
        pulse.Beat();
        pulse.Vouches.Should().BeTrue();
    }
}
