using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Auditing;
using SdkChat.Infrastructure.Common;

namespace SdkChat.Infrastructure.Auditing;

/// <summary>
/// Logs each entry and queues it until <see cref="AuditWriter"/> has stored it. Calls without a verified credential are only logged: they
/// have read nothing, and anonymous callers must not be able to fill a table. Rate-limited calls have a queue of their own, so that one
/// caller cannot displace the entries of others.
/// </summary>
internal sealed partial class AuditTrail(AuditMetrics metrics, ILogger<AuditTrail> logger) : IAuditTrail
{
    /// <summary>The maximum number of entries that wait for storage.</summary>
    public const int MostWaiting = 10_000;

    /// <summary>The same for rate-limited calls.</summary>
    public const int MostRateLimited = 1_000;

    private const int RateLimited = 429;

    private readonly Channel<AuditRow> _waiting = Channel.CreateBounded<AuditRow>(MostWaiting);
    private readonly Channel<AuditRow> _rateLimited = Channel.CreateBounded<AuditRow>(MostRateLimited);
    private readonly AsyncSignal _more = new();

    private long _lost;

    public void Append(AuditEntry entry)
    {
        CrossTenantRead(
            entry.Subject, entry.Action, entry.Tenant?.Value, entry.Target, entry.Status, entry.At, entry.RequestId);
        if (!entry.IsVerified)
            return;

        var queue = entry.Status == RateLimited ? _rateLimited : _waiting;
        // The queue is full: storage has been unavailable for thousands of calls. Each of them is in the log.
        if (!queue.Writer.TryWrite(AuditRow.From(entry)))
            Lose(1);
        _more.Set();
    }

    /// <summary>Waits until there is something to store, or to report as lost.</summary>
    public ValueTask WaitAsync(CancellationToken cancellationToken) => _more.WaitAsync(cancellationToken);

    /// <summary>Takes the waiting entries, oldest first, at most <paramref name="most"/>; rate-limited calls after all others.</summary>
    public List<AuditRow> Take(int most)
    {
        var rows = new List<AuditRow>();
        while (rows.Count < most && (_waiting.Reader.TryRead(out var row) || _rateLimited.Reader.TryRead(out row)))
            rows.Add(row);
        return rows;
    }

    /// <summary>Counts entries that will not be stored.</summary>
    public void Lose(int entries)
    {
        Interlocked.Add(ref _lost, entries);
        metrics.Lost(entries);
    }

    /// <summary>Whether entries were lost since the last report.</summary>
    public bool HasLost => Interlocked.Read(ref _lost) > 0;

    /// <summary>Logs how many entries were lost since the last report.</summary>
    /// <returns>Whether there were any.</returns>
    public bool ReportLost()
    {
        var lost = Interlocked.Exchange(ref _lost, 0);
        if (lost > 0)
            NotStored(lost);
        return lost > 0;
    }

    [LoggerMessage(
        6001, LogLevel.Information, "Audit: {Subject} {Action} tenant {Tenant} target {Target}: {Status} at {At:O}, request {RequestId}")]
    private partial void CrossTenantRead(
        string? subject, string action, Guid? tenant, Guid? target, int status, DateTimeOffset at, string requestId);

    [LoggerMessage(6002, LogLevel.Error, "{Count} audit entries could not be stored; they are in the log alone")]
    private partial void NotStored(long count);
}
