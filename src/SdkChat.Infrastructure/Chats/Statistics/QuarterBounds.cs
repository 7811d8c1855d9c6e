using SdkChat.Infrastructure.Chats.Counts;

namespace SdkChat.Infrastructure.Chats.Statistics;

/// <summary>
/// The bounds of buckets as those of running totals (migration 0038): full quarters of an hour, and the days that these are in.
/// </summary>
/// <param name="Inner">
/// Less than a quarter of an hour is outside, at each end of the range. Empty where a bound within is no full quarter: no zone has had such
/// since 1972. Where the range has no full quarter, the first is not before the last.
/// </param>
/// <param name="Days">The midnight of UTC before each, or at it.</param>
/// <param name="Parts">What buckets are the sum of, if all running totals are packed (migration 0040). In order of slots.</param>
internal sealed record QuarterBounds(DateTimeOffset[] Inner, DateTimeOffset[] Days, IReadOnlyList<PackPart> Parts)
{
    private const long Quarter = 15 * TimeSpan.TicksPerMinute;

    public static QuarterBounds Create(IReadOnlyList<DateTimeOffset> bounds)
    {
        var inner = new long[bounds.Count];
        for (var n = 0; n < inner.Length; n++)
            inner[n] = bounds[n].UtcTicks;
        inner[0] = Math.Min(Floor(inner[0] + Quarter - 1, Quarter), DateTimeOffset.MaxValue.UtcTicks);
        inner[^1] = Floor(inner[^1], Quarter);
        if (Array.Exists(inner, bound => bound % Quarter != 0))
            return new QuarterBounds([], [], []);

        var days = Array.ConvertAll(inner, bound => Floor(bound, TimeSpan.TicksPerDay));
        return new QuarterBounds(Array.ConvertAll(inner, At), Array.ConvertAll(days, At), PartsOf(inner, days));
    }

    private static PackPart[] PartsOf(long[] bounds, long[] days)
    {
        var parts = new Dictionary<(long Slot, int Part), List<(int Day, int Number)>>();
        for (var n = 0; n < bounds.Length; n++)
        {
            if (bounds[n] > days[n])
                Add(days[n], (int)((bounds[n] - days[n]) / Quarter), n + 1);
        }

        var bucket = 1;
        for (var day = days[0]; day < days[^1]; day += TimeSpan.TicksPerDay)
        {
            while (days[bucket] <= day)
                bucket++;
            Add(day, PackedTotals.Parts, bucket);
        }

        return [.. parts.OrderBy(part => part.Key).Select(part => new PackPart(At(part.Key.Slot), part.Key.Part, part.Value))];

        void Add(long day, int part, int number)
        {
            var slot = Floor(day, PackedTotals.Days * TimeSpan.TicksPerDay);
            if (!parts.TryGetValue((slot, part), out var totals))
                parts.Add((slot, part), totals = []);
            totals.Add(((int)((day - slot) / TimeSpan.TicksPerDay), number));
        }
    }

    private static long Floor(long ticks, long unit) => ticks - (ticks % unit);

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);
}
