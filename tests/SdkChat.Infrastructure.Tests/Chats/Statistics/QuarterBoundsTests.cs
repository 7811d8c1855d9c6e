using SdkChat.Application.Common.Time;
using SdkChat.Infrastructure.Chats.Statistics;

namespace SdkChat.Infrastructure.Tests.Chats.Statistics;

public sealed class QuarterBoundsTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 27, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void Create_RangeWithinQuarters_LeavesLessThanAQuarterAtEachEnd()
    {
        var (inner, days) = QuarterBounds.Create([Midnight.AddMinutes(-1), Midnight.AddHours(18).AddMinutes(15), Midnight.AddDays(1).AddMinutes(59)]);

        inner.Should().Equal(Midnight, Midnight.AddHours(18).AddMinutes(15), Midnight.AddDays(1).AddMinutes(45));
        days.Should().Equal(Midnight, Midnight, Midnight.AddDays(1));
    }

    [Test]
    public void Create_LessThanAQuarter_IsEmpty() =>
        QuarterBounds.Create([Midnight.AddMinutes(1), Midnight.AddMinutes(14)]).Inner.Should().Equal(Midnight.AddMinutes(15), Midnight);

    /// <summary>Amsterdam was 19 minutes and 32 seconds ahead.</summary>
    [Test]
    public void Create_BoundsThatAreNoQuarters_AreNone()
    {
        var from = new DateTimeOffset(1930, 1, 10, 0, 0, 0, TimeSpan.Zero);
        TimeZoneName.TryParse("Europe/Amsterdam", out var zone).Should().BeTrue();

        QuarterBounds.Create(TimeBuckets.Cut(from, from.AddDays(5), BucketUnit.Day, zone!, 400)).Inner.Should().BeEmpty();
    }

    /// <summary>No full quarter comes after it.</summary>
    [Test]
    public void Create_LastInstantOfAll_IsNone() => QuarterBounds.Create([DateTimeOffset.MaxValue, DateTimeOffset.MaxValue]).Inner.Should().BeEmpty();

    /// <summary>The last day of all has no end.</summary>
    [Test]
    public void Create_FirstAndLastInstantOfAll_AreBounds() =>
        QuarterBounds.Create([DateTimeOffset.MinValue, DateTimeOffset.MaxValue]).Days.Should().Equal(DateTimeOffset.MinValue, new DateTimeOffset(9999, 12, 31, 0, 0, 0, TimeSpan.Zero));
}
