using SdkChat.Application.Common.Time;
using SdkChat.Infrastructure.Chats.Counts;
using SdkChat.Infrastructure.Chats.Statistics;

namespace SdkChat.Infrastructure.Tests.Chats.Statistics;

public sealed class QuarterBoundsTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 27, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void Create_RangeWithinQuarters_LeavesLessThanAQuarterAtEachEnd()
    {
        var (inner, days, _) = QuarterBounds.Create(
            [Midnight.AddMinutes(-1), Midnight.AddHours(18).AddMinutes(15), Midnight.AddDays(1).AddMinutes(59)]);

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
    public void Create_LastInstantOfAll_IsNone() =>
        QuarterBounds.Create([DateTimeOffset.MaxValue, DateTimeOffset.MaxValue]).Inner.Should().BeEmpty();

    /// <summary>The last day of all has no end.</summary>
    [Test]
    public void Create_FirstAndLastInstantOfAll_AreBounds() =>
        QuarterBounds.Create([DateTimeOffset.MinValue, DateTimeOffset.MaxValue])
            .Days.Should().Equal(DateTimeOffset.MinValue, new DateTimeOffset(9999, 12, 31, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Of each 32 days a part for each time of the day at which a bucket begins, and the whole days.</summary>
    [Test]
    public void Create_DaysOfATimeZone_AreFewPartsOfPacks()
    {
        TimeZoneName.TryParse("Asia/Kathmandu", out var zone).Should().BeTrue();
        var from = Midnight.AddDays(-1).AddHours(18).AddMinutes(15);

        var parts = QuarterBounds.Create(TimeBuckets.Cut(from, from.AddDays(400), BucketUnit.Day, zone!, 400)).Parts;

        parts.Should().HaveCount(2 * 14).And.OnlyContain(part => part.Number == 73 || part.IsOfDays);
        parts.Should().BeInAscendingOrder(part => part.SlotAt);
        parts.Where(part => !part.IsOfDays).SelectMany(part => part.Totals).Select(total => total.Number)
            .Should().Equal(Enumerable.Range(1, 401));
        parts.Where(part => part.IsOfDays).SelectMany(part => part.Totals).Select(total => total.Number)
            .Should().Equal(Enumerable.Range(1, 400));
        parts.SelectMany(part => part.Totals).Should().OnlyContain(total => total.Day >= 0 && total.Day < PackedTotals.Days);
    }
}
