using Microsoft.Extensions.Logging;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Standby;

/// <summary>
/// Logs when the use of the standby begins and ends. A standby that is used and not used in turn has one line in <see cref="Quiet"/>, and
/// the last line is always true at the latest after that time.
/// </summary>
internal sealed partial class StandbyReport(TimeProvider clock, ILogger logger)
{
    /// <summary>The number of lines without a pause: an outage with its end, after the line of the start.</summary>
    private const int AtOnce = 3;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private bool _hasReported;
    private string? _notUsed;

    /// <summary>Each line adds <see cref="Quiet"/>.</summary>
    private long _quietUntil;

    /// <summary>To be called after each round, also if nothing has changed.</summary>
    /// <param name="lag">Null if it is not known.</param>
    /// <param name="notUsed">The reason; null if the standby is used.</param>
    public void Report(TimeSpan? lag, string? notUsed)
    {
        if (!IsNews(notUsed) || !TryAcquireLine())
            return;

        (_hasReported, _notUsed) = (true, notUsed);
        if (notUsed is null)
            StandbyUsed(lag.GetValueOrDefault().TotalSeconds);
        else
            StandbyNotUsed(notUsed);
    }

    /// <summary>The reason at the start says nothing, so that the next one is news; later only the use is.</summary>
    private bool IsNews(string? notUsed) => !_hasReported
        || (notUsed is null) != (_notUsed is null)
        || (_notUsed == StandbyState.NotYetKnown && notUsed != StandbyState.NotYetKnown);

    private bool TryAcquireLine()
    {
        var now = clock.GetTimestamp();
        var from = Math.Max(_quietUntil, now);
        if (clock.GetElapsedTime(now, from) > Quiet * (AtOnce - 1))
            return false;

        _quietUntil = from + (long)(Quiet.TotalSeconds * clock.TimestampFrequency);
        return true;
    }

    [LoggerMessage(2041, LogLevel.Warning, "History reads use the primary only. The standby is not used: {Reason}")]
    private partial void StandbyNotUsed(string reason);

    [LoggerMessage(2042, LogLevel.Information, "History reads use the standby; its lag is {Lag:F3} s")]
    private partial void StandbyUsed(double lag);
}
