using System.Reflection;
using SdkChat.Infrastructure.Standby;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Tests.Standby;

public sealed class StandbySamplesTests
{
    [Test]
    public void Add_BeyondTheMost_DropsTheOldest()
    {
        var samples = new StandbySamples();
        for (var n = 1; n <= StandbySamples.Most + 1; n++)
            samples.Add(at: n, position: 100 * n);

        samples.Replayed(100).Should().BeNull("it was dropped");
        samples.Replayed(299).Should().Be(2);
        samples.Replayed(long.MaxValue).Should().Be(StandbySamples.Most + 1);
        samples.IsEmpty.Should().BeTrue();
    }

    [Test]
    public void Most_AtTheIntervalOfRounds_CoversMoreThanAnyLagLimit()
    {
        var limit = typeof(DatabaseOptions).GetProperty(nameof(DatabaseOptions.StandbyMaxLagSeconds))!
            .GetCustomAttribute<System.ComponentModel.DataAnnotations.RangeAttribute>()!;

        (StandbySamples.Most * StandbyMonitor.Interval).Should().BeGreaterThan(TimeSpan.FromSeconds((int)limit.Maximum));
    }
}
