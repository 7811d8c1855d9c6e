using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using SdkChat.Infrastructure.Telemetry;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// Counts and logs failures of the database by cause: at most one line per cause in <see cref="Quiet"/>, since an unavailable database
/// fails every request. Background work logs no other line.
/// </summary>
internal sealed partial class DatabaseFailures
{
    public const string MeterName = "SdkChat.Storage";

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly LabelledCounter _failures;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long At, int Suppressed)> _lines = [];

    private long _retries;

    public DatabaseFailures(IMeterFactory meters, TimeProvider clock, ILogger<DatabaseFailures> logger)
    {
        (_clock, _logger) = (clock, logger);
        var meter = meters.Create(MeterName);
        _failures = new LabelledCounter(
            meter, "sdkchat.database.failures", "{call}", "Calls that the database did not carry out, by cause.", "cause",
            Enum.GetValues<FailureCause>().Select(NameOf));
        meter.CreateObservableCounter(
            "sdkchat.database.retries", () => Interlocked.Read(ref _retries), "{call}",
            "Reads that were repeated since their connection had ended.");
    }

    public void Retried() => Interlocked.Increment(ref _retries);

    public void Failed(Exception exception)
    {
        var cause = NameOf(DatabaseFailure.CauseOf(exception));
        _failures.Add(cause);
        if (MustLog(cause, out var suppressed))
            CallFailed(cause, DatabaseFailure.Describe(exception), suppressed);
    }

    /// <summary>
    /// A batch of reads failed, otherwise than by an outage. Its reads are repeated one by one, and those that fail again are logged by
    /// their callers.
    /// </summary>
    public void BatchFailed(Exception exception)
    {
        if (MustLog(nameof(BatchFailed), out var suppressed))
            BatchFailed(DatabaseFailure.Describe(exception), suppressed);
    }

    private bool MustLog(string line, out int suppressed)
    {
        lock (_gate)
        {
            var known = _lines.TryGetValue(line, out var last);
            suppressed = last.Suppressed;
            var isDue = !known || _clock.GetElapsedTime(last.At) >= Quiet;
            _lines[line] = isDue ? (_clock.GetTimestamp(), 0) : last with { Suppressed = suppressed + 1 };
            return isDue;
        }
    }

    private static string NameOf(FailureCause cause) => JsonNamingPolicy.SnakeCaseLower.ConvertName(cause.ToString());

    [LoggerMessage(
        2001, LogLevel.Warning, "A database call failed ({Cause}): {Reason}. Similar failures since the last such line: {Suppressed}")]
    private partial void CallFailed(string cause, string reason, int suppressed);

    [LoggerMessage(
        2005, LogLevel.Warning,
        "Reads that shared a statement are repeated one by one, since it failed: {Reason}. Similar failures since the last such line: "
            + "{Suppressed}")]
    private partial void BatchFailed(string reason, int suppressed);
}
