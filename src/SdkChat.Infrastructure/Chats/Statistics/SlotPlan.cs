namespace SdkChat.Infrastructure.Chats.Statistics;

/// <summary>Which slots the buckets between some bounds are read from.</summary>
internal sealed record SlotPlan
{
    /// <summary>To find a slot's bucket takes longer than to add up a few slots, and not as long as to begin another walk of the index.</summary>
    private const int MaxMerged = 4;

    /// <summary>Buckets from this length on are days of UTC and what their bounds are off. Shorter ones are runs of their own.</summary>
    private const long Long = 12 * TimeSpan.TicksPerHour;

    /// <summary>Empty where nothing is left between <see cref="First"/> and <see cref="Last"/>, or where the bounds do not fit.</summary>
    public required IReadOnlyList<SlotRun> Runs { get; init; }

    /// <summary>For each bound: a slot of a run in several buckets is in the bucket between two of them.</summary>
    public required IReadOnlyList<DateTimeOffset> Anchors { get; init; }

    /// <summary>
    /// Where the slots begin: less than a quarter of an hour after the range does. Null where an inner bound is not a full quarter: no zone has
    /// had such since 1972.
    /// </summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>Where the slots end, less than a quarter before the range does. Not after <see cref="First"/> where the range has no full quarter.</summary>
    public DateTimeOffset? Last { get; init; }

    public static SlotPlan Create(IReadOnlyList<DateTimeOffset> bounds)
    {
        if (bounds.Skip(1).SkipLast(1).Any(bound => bound.UtcTicks % SlotRun.Quarter != 0))
            return new SlotPlan { Runs = [], Anchors = bounds };

        long[] inner = [Ceiling(bounds[0].UtcTicks, SlotRun.Quarter), .. bounds.Skip(1).SkipLast(1).Select(bound => bound.UtcTicks), Floor(bounds[^1].UtcTicks, SlotRun.Quarter)];
        if (inner[0] >= inner[^1])
            return new SlotPlan { Runs = [], Anchors = bounds, First = bounds[0], Last = bounds[0] };

        var isLong = inner.Zip(inner.Skip(1), (low, high) => high - low).Max() >= Long;
        var anchors = isLong ? [.. inner.Select(bound => Round(bound, TimeSpan.TicksPerDay))] : inner;
        return new SlotPlan
        {
            Runs = isLong ? [.. Anchored(inner, anchors)] : Merge(OfBuckets(inner)), Anchors = [.. anchors.Select(At)], First = At(inner[0]), Last = At(inner[^1]),
        };
    }

    private static IEnumerable<SlotRun> Anchored(long[] bounds, long[] anchors)
    {
        if (anchors[0] < anchors[^1])
            yield return new SlotRun(SlotRun.SeveralBuckets, 3, At(anchors[0]), At(anchors[^1]));
        for (var n = 0; n < bounds.Length; n++)
        {
            var hour = Round(bounds[n], TimeSpan.TicksPerHour);
            if (hour != anchors[n])
                yield return Between(n, 2, anchors[n], hour);
            if (bounds[n] != hour)
                yield return Between(n, 1, hour, bounds[n]);
        }
    }

    private static SlotRun Between(int number, int level, long anchor, long bound) =>
        new(number, level, At(Math.Min(anchor, bound)), At(Math.Max(anchor, bound)), Math.Sign(bound - anchor));

    private static List<SlotRun> Merge(IEnumerable<SlotRun> ofBuckets)
    {
        var runs = new List<SlotRun>();
        var isMergeable = false;
        foreach (var run in ofBuckets)
        {
            var isShort = run.Slots <= MaxMerged;
            if (isMergeable && isShort && runs[^1].Level == run.Level && runs[^1].High == run.Low)
                runs[^1] = runs[^1] with { Bucket = SlotRun.SeveralBuckets, High = run.High };
            else
                runs.Add(run);
            isMergeable = isShort;
        }

        return runs;
    }

    private static IEnumerable<SlotRun> OfBuckets(long[] bounds)
    {
        for (var n = 1; n < bounds.Length; n++)
        {
            foreach (var (level, low, high) in Parts(bounds[n - 1], bounds[n]))
            {
                if (low < high)
                    yield return new SlotRun(n, level, At(low), At(high));
            }
        }
    }

    /// <summary>The full hours, and quarters on both sides of them.</summary>
    private static IEnumerable<(int Level, long Low, long High)> Parts(long low, long high)
    {
        var (firstHour, lastHour) = (Ceiling(low, TimeSpan.TicksPerHour), Floor(high, TimeSpan.TicksPerHour));
        return firstHour < lastHour ? [(1, low, firstHour), (2, firstHour, lastHour), (1, lastHour, high)] : [(1, low, high)];
    }

    /// <summary>The nearest full unit that there is: the last day of all has no end.</summary>
    private static long Round(long ticks, long unit)
    {
        var below = Floor(ticks, unit);
        return ticks - below <= unit / 2 || below + unit > DateTimeOffset.MaxValue.UtcTicks ? below : below + unit;
    }

    private static long Floor(long ticks, long unit) => ticks - (ticks % unit);

    private static long Ceiling(long ticks, long unit) => Floor(ticks + unit - 1, unit);

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);
}
