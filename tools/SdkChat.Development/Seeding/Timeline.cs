using SdkChat.Domain.Common;

namespace SdkChat.Development.Seeding;

/// <summary>
/// The distribution of a year of chats: more by day than by night, more at weekends, and more each month. A fraction of all chats gives the
/// instant by which that many were started, so rising fractions give rising instants.
/// </summary>
internal sealed class Timeline
{
    private const int Hours = 365 * 24;

    /// <summary>The local time of the shoppers: nine hours ahead of UTC.</summary>
    private static readonly TimeSpan LocalOffset = TimeSpan.FromHours(9);

    private static readonly double[] ByHour =
        [0.25, 0.12, 0.06, 0.04, 0.04, 0.08, 0.2, 0.45, 0.7, 0.9, 1.1, 1.3, 1.3, 1.0, 0.9, 1.0, 1.3, 1.8, 2.0, 1.7, 1.3, 1.0, 0.7, 0.4];

    /// <summary>Keeps the last minutes free for the newest chats, and leaves the others time to complete.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    private readonly DateTimeOffset _start;
    private readonly double[] _until = new double[Hours + 1];

    /// <param name="now">The end of the timeline, after a margin.</param>
    public Timeline(DateTimeOffset now)
    {
        _start = now - Margin - TimeSpan.FromHours(Hours);
        for (var hour = 0; hour < Hours; hour++)
            _until[hour + 1] = _until[hour] + Weight(hour);
    }

    /// <param name="fraction">From 0, the start, to 1, the end.</param>
    public DateTimeOffset At(double fraction)
    {
        var wanted = fraction * _until[Hours];
        var found = Array.BinarySearch(_until, wanted);
        var hour = Math.Clamp(found < 0 ? ~found - 1 : found, 0, Hours - 1);
        var within = (wanted - _until[hour]) / (_until[hour + 1] - _until[hour]);
        return _start.AddHours(hour + Math.Clamp(within, 0, 1)).ToMilliseconds();
    }

    private double Weight(int hour)
    {
        var local = (_start + TimeSpan.FromHours(hour) + LocalOffset).DateTime;
        var growth = 1 + (3.0 * hour / Hours);
        var weekend = local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 1.4 : 1;
        return ByHour[local.Hour] * growth * weekend;
    }
}
