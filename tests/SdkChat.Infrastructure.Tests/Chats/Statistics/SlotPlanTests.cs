using SdkChat.Application.Common.Time;
using SdkChat.Infrastructure.Chats.Statistics;

namespace SdkChat.Infrastructure.Tests.Chats.Statistics;

public sealed class SlotPlanTests
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan[] Units = [Quarter, TimeSpan.FromHours(1), TimeSpan.FromDays(1)];

    [TestCase("UTC", BucketUnit.Hour)]
    [TestCase("Asia/Tokyo", BucketUnit.Day)]
    [TestCase("Asia/Kathmandu", BucketUnit.Hour)]
    [TestCase("Asia/Kathmandu", BucketUnit.Day)]
    [TestCase("Europe/Berlin", BucketUnit.Day)]
    [TestCase("Australia/Lord_Howe", BucketUnit.Week)]
    public void Create_AnyRangeOfAZone_CoversEachBucketOnce(string zone, BucketUnit unit)
    {
        var random = new Random(1);
        for (var n = 0; n < 20; n++)
        {
            var from = new DateTimeOffset(2026, 3, 20, 0, 0, 0, TimeSpan.Zero).AddMilliseconds(random.Next(1_000_000_000));
            var bounds = Cut(from, from.AddMilliseconds(1 + (random.NextDouble() * 1e9)), zone, unit);

            ShouldCoverOnce(bounds, SlotPlan.Create(bounds));
        }
    }

    [Test]
    public void Create_WholeDaysOfUtc_AreOneRun()
    {
        var from = new DateTimeOffset(2025, 6, 1, 0, 0, 0, TimeSpan.Zero);

        SlotPlan.Create(Cut(from, from.AddDays(400), "UTC", BucketUnit.Day)).Runs.Should().Equal(new SlotRun(0, 3, from, from.AddDays(400)));
    }

    /// <summary>Amsterdam was 19 minutes and 32 seconds ahead.</summary>
    [Test]
    public void Create_BoundsThatAreNoQuarters_AreNoRuns()
    {
        var from = new DateTimeOffset(1930, 1, 10, 0, 0, 0, TimeSpan.Zero);

        SlotPlan.Create(Cut(from, from.AddDays(5), "Europe/Amsterdam", BucketUnit.Day)).First.Should().BeNull();
    }

    private static IReadOnlyList<DateTimeOffset> Cut(DateTimeOffset from, DateTimeOffset to, string zone, BucketUnit unit)
    {
        TimeZoneName.TryParse(zone, out var name).Should().BeTrue();
        return TimeBuckets.Cut(from, to, unit, name!, 400);
    }

    /// <summary>Quarter by quarter: what the runs add and take away is one in the quarter's bucket, and nothing in any other.</summary>
    private static void ShouldCoverOnce(IReadOnlyList<DateTimeOffset> bounds, SlotPlan plan)
    {
        var found = new Dictionary<(int Bucket, DateTimeOffset Quarter), int>();
        foreach (var run in plan.Runs)
        {
            foreach (var (bucket, slot, sign) in Contributions(run, plan.Anchors).Where(one => one.Bucket >= 1 && one.Bucket < bounds.Count))
            {
                for (var quarter = slot; quarter < slot + Units[run.Level - 1]; quarter += Quarter)
                    found[(bucket, quarter)] = found.GetValueOrDefault((bucket, quarter)) + sign;
            }
        }

        var expected = new List<(int Bucket, DateTimeOffset Quarter)>();
        var last = Floor(bounds[^1]);
        for (var quarter = Floor(bounds[0].AddTicks(Quarter.Ticks - 1)); quarter < last; quarter += Quarter)
            expected.Add((bounds.Count(bound => bound <= quarter), quarter));
        found.Where(one => one.Value != 0).Select(one => (one.Key.Bucket, one.Key.Quarter, one.Value)).OrderBy(one => one.Quarter)
            .Should().Equal(expected.Select(one => (one.Bucket, one.Quarter, 1)));
    }

    /// <summary>What <c>chat_stats_buckets</c> makes of a run.</summary>
    private static IEnumerable<(int Bucket, DateTimeOffset Slot, int Sign)> Contributions(SlotRun run, IReadOnlyList<DateTimeOffset> anchors)
    {
        var unit = Units[run.Level - 1];
        (run.Low.UtcTicks % unit.Ticks).Should().Be(0);
        (run.High.UtcTicks % unit.Ticks).Should().Be(0);
        for (var slot = run.Low; slot < run.High; slot += unit)
        {
            var at = slot;
            if (run.Sign == 0)
            {
                yield return (run.Bucket == 0 ? anchors.Count(anchor => anchor <= at) : run.Bucket, slot, 1);
                continue;
            }

            yield return (run.Bucket, slot, run.Sign);
            yield return (run.Bucket + 1, slot, -run.Sign);
        }
    }

    private static DateTimeOffset Floor(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % Quarter.Ticks), TimeSpan.Zero);
}
