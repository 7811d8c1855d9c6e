namespace SdkChat.Infrastructure.Chats.Statistics;

/// <summary>The bounds of buckets as those of running totals (migration 0038): full quarters of an hour, and the days that these are in.</summary>
/// <param name="Inner">
/// Less than a quarter of an hour is outside, at each end of the range. Empty where a bound within is no full quarter: no zone has had such since 1972.
/// Where the range has no full quarter, the first is not before the last.
/// </param>
/// <param name="Days">The midnight of UTC before each, or at it.</param>
internal sealed record QuarterBounds(DateTimeOffset[] Inner, DateTimeOffset[] Days)
{
    private const long Quarter = 15 * TimeSpan.TicksPerMinute;

    public static QuarterBounds Create(IReadOnlyList<DateTimeOffset> bounds)
    {
        var inner = new long[bounds.Count];
        for (var n = 0; n < inner.Length; n++)
            inner[n] = bounds[n].UtcTicks;
        inner[0] = Math.Min(Floor(inner[0] + Quarter - 1, Quarter), DateTimeOffset.MaxValue.UtcTicks);
        inner[^1] = Floor(inner[^1], Quarter);
        return Array.Exists(inner, bound => bound % Quarter != 0)
            ? new QuarterBounds([], [])
            : new QuarterBounds(Array.ConvertAll(inner, At), Array.ConvertAll(inner, bound => At(Floor(bound, TimeSpan.TicksPerDay))));
    }

    private static long Floor(long ticks, long unit) => ticks - (ticks % unit);

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);
}
