using SdkChat.Application.Common.Time;
using SdkChat.Infrastructure.Chats.Statistics;

namespace SdkChat.Infrastructure.Tests.Chats.Statistics;

public sealed class SlotRunTests
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan[] Units = [Quarter, TimeSpan.FromHours(1), TimeSpan.FromDays(1)];

    [TestCase("UTC", BucketUnit.Hour)]
    [TestCase("Asia/Tokyo", BucketUnit.Day)]
    [TestCase("Asia/Kathmandu", BucketUnit.Hour)]
    [TestCase("Asia/Kathmandu", BucketUnit.Day)]
    [TestCase("Europe/Berlin", BucketUnit.Day)]
    [TestCase("Australia/Lord_Howe", BucketUnit.Week)]
    public void Cut_AnyRangeOfAZone_CoversEachBucketOnce(string zone, BucketUnit unit)
    {
        var random = new Random(1);
        for (var n = 0; n < 50; n++)
        {
            var from = new DateTimeOffset(2026, 3, 20, 0, 0, 0, TimeSpan.Zero).AddMilliseconds(random.Next(1_000_000_000));
            var bounds = Cut(from, from.AddMilliseconds(1 + (random.NextDouble() * 1e9)), zone, unit);

            ShouldCoverOnce(bounds, SlotRun.Cut(bounds));
        }
    }

    [Test]
    public void Cut_WholeDaysOfUtc_AreOneRun()
    {
        var from = new DateTimeOffset(2025, 6, 1, 0, 0, 0, TimeSpan.Zero);

        SlotRun.Cut(Cut(from, from.AddDays(400), "UTC", BucketUnit.Day)).Should().Equal(new SlotRun(0, 3, from, from.AddDays(400)));
    }

    /// <summary>Amsterdam was 19 minutes and 32 seconds ahead.</summary>
    [Test]
    public void Cut_BoundsThatAreNoQuarters_AreNoRuns()
    {
        var from = new DateTimeOffset(1930, 1, 10, 0, 0, 0, TimeSpan.Zero);

        SlotRun.Cut(Cut(from, from.AddDays(5), "Europe/Amsterdam", BucketUnit.Day)).Should().BeEmpty();
    }

    private static IReadOnlyList<DateTimeOffset> Cut(DateTimeOffset from, DateTimeOffset to, string zone, BucketUnit unit)
    {
        TimeZoneName.TryParse(zone, out var name).Should().BeTrue();
        return TimeBuckets.Cut(from, to, unit, name!, 400);
    }

    /// <summary>Quarter by quarter: each is in one run, and in the bucket that the run names.</summary>
    private static void ShouldCoverOnce(IReadOnlyList<DateTimeOffset> bounds, IReadOnlyList<SlotRun> runs)
    {
        var next = Floor(bounds[0].AddTicks(Quarter.Ticks - 1));
        foreach (var run in runs)
        {
            run.Low.Should().Be(next);
            (run.Low.UtcTicks % Units[run.Level - 1].Ticks).Should().Be(0);
            (run.High.UtcTicks % Units[run.Level - 1].Ticks).Should().Be(0);
            for (; next < run.High; next += run.Bucket == 0 ? Units[run.Level - 1] : Quarter)
            {
                var bucket = bounds.Count(bound => bound <= next);
                run.Bucket.Should().BeOneOf(0, bucket);
                (next + (run.Bucket == 0 ? Units[run.Level - 1] : Quarter)).Should().BeOnOrBefore(bounds[bucket]);
            }
        }

        next.Should().BeOnOrAfter(Floor(bounds[^1]));
    }

    private static DateTimeOffset Floor(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % Quarter.Ticks), TimeSpan.Zero);
}
