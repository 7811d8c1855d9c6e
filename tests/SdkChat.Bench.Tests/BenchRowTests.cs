namespace SdkChat.Bench.Tests;

public sealed class BenchRowTests
{
    [TestCase(9, 10, true)]
    [TestCase(10, 10, true)]
    [TestCase(11, 10, false)]
    public void Met_AgainstAPeer_IsTheRatiosAffair(double ours, double peer, bool met) =>
        new BenchRow("bench", "cost", ours, peer, "peer", Target.AtMost(1)).Met.Should().Be(met);

    [Test]
    public void Met_WithoutAPeer_IsTheValuesAffair() => new BenchRow("bench", "cost", 7, null, "", Target.AtMost(7)).Met.Should().BeTrue();

    [Test]
    public void Met_PeerThatDidNothing_CannotBeBeaten() =>
        new BenchRow("bench", "rate", 0.2, 0, "peer", Target.AtLeast(0.5)).Met.Should().BeFalse();

    [Test]
    public void Met_NoTarget_SaysNothing() => new BenchRow("bench", "rate", 1, 2, "peer", null).Met.Should().BeNull();
}
