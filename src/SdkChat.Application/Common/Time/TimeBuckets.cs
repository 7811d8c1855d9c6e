namespace SdkChat.Application.Common.Time;

/// <summary>The length of a bucket, in local time of a time zone.</summary>
public enum BucketUnit
{
    Hour,
    Day,

    /// <summary>Starts on Monday.</summary>
    Week,
}

/// <summary>Cuts a time range into buckets.</summary>
public static class TimeBuckets
{
    /// <summary>
    /// The bounds of the buckets, ascending: one more than there are buckets. The first and the last are the bounds of the range; the
    /// others begin an hour, a day or a week in the time zone. A day on which the clocks change has 23 or 25 hours.
    /// </summary>
    /// <param name="most">
    /// The maximum number of buckets. If it is reached, the bounds are one more and do not reach the end of the range.
    /// </param>
    public static IReadOnlyList<DateTimeOffset> Cut(DateTimeOffset from, DateTimeOffset to, BucketUnit unit, TimeZoneName zone, int most)
    {
        var (bounds, info) = (new List<DateTimeOffset> { from }, zone.Zone);
        while (bounds[^1] < to && bounds.Count <= most + 1)
            bounds.Add(Min(Next(bounds[^1], unit, info), to));
        return bounds;
    }

    private static DateTimeOffset Next(DateTimeOffset instant, BucketUnit unit, TimeZoneInfo zone)
    {
        var localTicks = instant.UtcTicks + zone.GetUtcOffset(instant).Ticks;
        if (unit == BucketUnit.Hour)
        {
            var rest = TimeSpan.TicksPerHour - (localTicks % TimeSpan.TicksPerHour);
            return rest <= DateTimeOffset.MaxValue.UtcTicks - instant.UtcTicks ? instant.AddTicks(rest) : DateTimeOffset.MaxValue;
        }

        var local = new DateTime(Math.Clamp(localTicks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks));
        var days = unit == BucketUnit.Day ? 1 : 7 - (((int)local.DayOfWeek + 6) % 7);
        // A date that the time zone skips starts at the same instant as the next date, so the search continues until the bound is later.
        for (; local.Date <= DateTime.MaxValue.Date.AddDays(-days); days++)
        {
            var next = LocalTime.ToInstant(local.Date.AddDays(days), zone);
            if (next > instant)
                return next;
        }

        return DateTimeOffset.MaxValue;
    }

    private static DateTimeOffset Min(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
