namespace SdkChat.Infrastructure.Chats.Statistics;

/// <summary>Consecutive slots of one level (migration 0028).</summary>
/// <param name="Bucket">The bucket that they lie in, from 1; 0 where they lie in several.</param>
/// <param name="Level">1 quarters of an hour, 2 hours, 3 days, in UTC.</param>
internal sealed record SlotRun(int Bucket, int Level, DateTimeOffset Low, DateTimeOffset High)
{
    private const int SeveralBuckets = 0;
    private const long Quarter = 15 * TimeSpan.TicksPerMinute;

    /// <summary>To find a slot's bucket takes longer than to add up a few slots, and not as long as to begin another walk of the index.</summary>
    private const int MaxMerged = 4;

    private static readonly long[] Units = [Quarter, TimeSpan.TicksPerHour, TimeSpan.TicksPerDay];

    private long Slots => (High - Low).Ticks / Units[Level - 1];

    /// <summary>
    /// The buckets between the bounds as days, up to 23 hours and 3 quarters on each side of them; in order of time. Less than a quarter at each end
    /// of the range is left out. Empty where nothing is left, or where an inner bound is not a full quarter: no zone has had such since 1972.
    /// </summary>
    public static IReadOnlyList<SlotRun> Cut(IReadOnlyList<DateTimeOffset> bounds)
    {
        var runs = new List<SlotRun>();
        var isMergeable = false;
        foreach (var run in OfBuckets(bounds))
        {
            var isShort = run.Slots <= MaxMerged;
            if (isMergeable && isShort && runs[^1].Level == run.Level && runs[^1].High == run.Low)
                runs[^1] = runs[^1] with { Bucket = SeveralBuckets, High = run.High };
            else
                runs.Add(run);
            isMergeable = isShort;
        }

        return runs;
    }

    private static IEnumerable<SlotRun> OfBuckets(IReadOnlyList<DateTimeOffset> bounds)
    {
        var (first, last) = (Ceiling(bounds[0].UtcTicks, Quarter), Floor(bounds[^1].UtcTicks, Quarter));
        if (bounds.Skip(1).SkipLast(1).Any(bound => bound.UtcTicks % Quarter != 0))
            yield break;
        for (var n = 1; n < bounds.Count; n++)
        {
            foreach (var (level, low, high) in Runs(Math.Max(bounds[n - 1].UtcTicks, first), Math.Min(bounds[n].UtcTicks, last)))
            {
                if (low < high)
                    yield return new SlotRun(n, level, At(low), At(high));
            }
        }
    }

    private static IEnumerable<(int Level, long Low, long High)> Runs(long low, long high)
    {
        var (firstHour, lastHour) = Inner(low, high, TimeSpan.TicksPerHour);
        var (firstDay, lastDay) = Inner(firstHour, lastHour, TimeSpan.TicksPerDay);
        return [(1, low, firstHour), (2, firstHour, firstDay), (3, firstDay, lastDay), (2, lastDay, lastHour), (1, lastHour, high)];
    }

    /// <summary>The full units between two instants; where there are none, nothing at the end.</summary>
    private static (long First, long Last) Inner(long low, long high, long unit)
    {
        var (first, last) = (Ceiling(low, unit), Floor(high, unit));
        return first < last ? (first, last) : (high, high);
    }

    private static long Floor(long ticks, long unit) => ticks - (ticks % unit);

    private static long Ceiling(long ticks, long unit) => Floor(ticks + unit - 1, unit);

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);
}
