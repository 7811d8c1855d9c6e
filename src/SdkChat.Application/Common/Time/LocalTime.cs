namespace SdkChat.Application.Common.Time;

/// <summary>Converts local times of a time zone to instants.</summary>
public static class LocalTime
{
    /// <summary>
    /// The first instant of a date in a time zone. If clocks are set forward over midnight, it is the end of that gap; if they are set back
    /// over midnight, the earlier of the two. The result is limited to the range of <see cref="DateTimeOffset"/>.
    /// </summary>
    public static DateTimeOffset StartOf(DateOnly date, TimeZoneName zone) => ToInstant(date.ToDateTime(TimeOnly.MinValue), zone.Zone);

    /// <summary>The first instant of the day that an instant belongs to in a time zone.</summary>
    public static DateTimeOffset StartOfDay(DateTimeOffset instant, TimeZoneName zone) =>
        StartOf(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone.Zone).DateTime), zone);

    /// <summary>
    /// Uses the offsets a day before and a day after. <see cref="TimeZoneInfo.IsInvalidTime"/> does not detect the gap of a zone that
    /// changed its base offset, such as Samoa's of a whole day.
    /// </summary>
    internal static DateTimeOffset ToInstant(DateTime local, TimeZoneInfo zone)
    {
        var before = OffsetAt(local.Ticks - TimeSpan.TicksPerDay, zone);
        var after = OffsetAt(local.Ticks + TimeSpan.TicksPerDay, zone);
        var (early, late) = (local.Ticks - after, local.Ticks - before);
        if (OffsetAt(late, zone) == before)
            return At(late);
        return OffsetAt(early, zone) == after ? At(early) : At(EndOfGap(early, late, before, zone));
    }

    /// <summary>The instant at which the offset changes, between an earlier and a later instant.</summary>
    private static long EndOfGap(long early, long late, long before, TimeZoneInfo zone)
    {
        while (late - early > 1)
        {
            var middle = early + ((late - early) / 2);
            if (OffsetAt(middle, zone) == before)
                early = middle;
            else
                late = middle;
        }

        return late;
    }

    private static long OffsetAt(long utcTicks, TimeZoneInfo zone) => zone.GetUtcOffset(At(utcTicks)).Ticks;

    private static DateTimeOffset At(long utcTicks) =>
        new(Math.Clamp(utcTicks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
}
