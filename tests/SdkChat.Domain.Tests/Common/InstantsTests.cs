using Microsoft.Extensions.Time.Testing;
using SdkChat.Domain.Common;

namespace SdkChat.Domain.Tests.Common;

public sealed class InstantsTests
{
    [TestCase("2026-04-23T05:28:08.1239999Z", "2026-04-23T05:28:08.123Z")]
    [TestCase("2026-04-23T05:28:08Z", "2026-04-23T05:28:08Z")]
    [TestCase("2026-04-23T14:28:08.9999+09:00", "2026-04-23T05:28:08.999Z")]
    [TestCase("1969-12-31T23:59:59.9999Z", "1969-12-31T23:59:59.999Z")]
    public void ToMilliseconds_Instant_IsCutAndInUtc(string instant, string expected)
    {
        var cut = At(instant).ToMilliseconds();

        cut.Should().BeExactly(At(expected));
        cut.Offset.Should().Be(TimeSpan.Zero);
    }

    [Test]
    public void Now_OfAClock_IsCutToTheMillisecond() =>
        new FakeTimeProvider(At("2026-04-23T05:28:08.1239999Z")).Now().Should().BeExactly(At("2026-04-23T05:28:08.123Z"));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
