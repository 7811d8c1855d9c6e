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
    private readonly Dictionary<FailureCause, (long At, int Unsaid)> _lines = [];

    private long _retries;

    public DatabaseFailures(IMeterFactory meters, TimeProvider clock, ILogger<DatabaseFailures> logger)
    {
        (_clock, _logger) = (clock, logger);
        var meter = meters.Create(MeterName);
        _failures = new LabelledCounter(
            meter, "sdkchat.database.failures", "{call}", "Calls that the database did not carry out, by cause.", "cause", Enum.GetValues<FailureCause>().Select(NameOf));
        meter.CreateObservableCounter(
            "sdkchat.database.retries", () => Interlocked.Read(ref _retries), "{call}", "Reads that were repeated since their connection had ended.");
    }

    public void Retried() => Interlocked.Increment(ref _retries);

    public void Failed(Exception exception)
    {
        var cause = DatabaseFailure.CauseOf(exception);
        _failures.Add(NameOf(cause));
        if (MustLog(cause, out var unsaid))
            CallFailed(NameOf(cause), DatabaseFailure.Describe(exception), unsaid);
    }

    private bool MustLog(FailureCause cause, out int unsaid)
    {
        lock (_gate)
        {
            var known = _lines.TryGetValue(cause, out var line);
            unsaid = line.Unsaid;
            var isDue = !known || _clock.GetElapsedTime(line.At) >= Quiet;
            _lines[cause] = isDue ? (_clock.GetTimestamp(), 0) : line with { Unsaid = unsaid + 1 };
            return isDue;
        }
    }

    private static string NameOf(FailureCause cause) => JsonNamingPolicy.SnakeCaseLower.ConvertName(cause.ToString());

    [LoggerMessage(2001, LogLevel.Warning, "The database failed a call ({Cause}): {Reason}. Calls that failed alike since the last such line: {Unsaid}")]
    private partial void CallFailed(string cause, string reason, int unsaid);
}
