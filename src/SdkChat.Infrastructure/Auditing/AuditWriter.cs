using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SdkChat.Domain.Common;
using SdkChat.Infrastructure.Storage;
using SdkChat.Infrastructure.Workers;

namespace SdkChat.Infrastructure.Auditing;

/// <summary>
/// Stores audit entries, up to 500 in one statement, at most four times a second, and keeps them while the database is unavailable. It
/// reports lost entries at most once a minute, and deletes entries older than <see cref="AuditOptions.KeepDays"/> once an hour.
/// </summary>
internal sealed class AuditWriter(
    AuditTrail trail, Database database, IOptions<AuditOptions> options, TimeProvider clock,
    ILogger<AuditWriter> logger) : BackgroundWorker(logger)
{
    private const int Batch = 500;
    private const int DeleteBatch = 5000;

    private static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan DeleteInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan LastWriteLimit = TimeSpan.FromSeconds(1);

    private List<AuditRow> _batch = [];
    private Guid _batchId;

    protected override string Work => "Write of audit entries";

    /// <summary>The web server has already stopped, so no entry can follow. An unavailable database must not delay the stop.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryWithinAsync(LastWriteLimit, Work, WriteAllAsync, cancellationToken);
        for (; _batch.Count > 0; _batch = trail.Take(Batch))
            trail.Lose(_batch.Count);
        trail.ReportLost();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(WriteAlwaysAsync(stoppingToken), DeleteOldEveryHourAsync(stoppingToken));

    private async Task WriteAlwaysAsync(CancellationToken stoppingToken)
    {
        var mayBeMore = false;
        long? reported = null;
        while (true)
        {
            if (!mayBeMore && _batch.Count == 0 && !trail.HasLost)
                await trail.WaitAsync(stoppingToken);
            mayBeMore = false;
            await TryAsync(async token => mayBeMore = await WriteAsync(token), stoppingToken);
            if ((reported is not { } last || clock.GetElapsedTime(last) >= ReportInterval) && trail.ReportLost())
                reported = clock.GetTimestamp();
            await Task.Delay(Spacing, clock, stoppingToken);
        }
    }

    /// <returns>Whether there may be more entries to write.</returns>
    private async Task<bool> WriteAsync(CancellationToken cancellationToken)
    {
        if (_batch.Count == 0)
            (_batch, _batchId) = (trail.Take(Batch), Guid.CreateVersion7());
        if (_batch.Count == 0)
            return false;

        // A batch that fails is kept for the next attempt.
        await database.ExecuteAsync(AuditSql.Append, Parameters(_batchId, AuditRow.Merge(_batch)), cancellationToken);
        _batch = [];
        return true;
    }

    private async Task WriteAllAsync(CancellationToken cancellationToken)
    {
        while (await WriteAsync(cancellationToken))
        {
        }
    }

    private async Task DeleteOldEveryHourAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(DeleteInterval, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
            await TryAsync("Deletion of old audit entries", DeleteOldAsync, cancellationToken);
    }

    private async Task DeleteOldAsync(CancellationToken cancellationToken)
    {
        var old = new { now = clock.Now(), keepDays = options.Value.KeepDays, most = DeleteBatch };
        while (await database.QuerySingleOrDefaultAsync<int>(AuditSql.Forget, old, cancellationToken) == DeleteBatch)
        {
        }
    }

    internal static object Parameters(Guid batch, IReadOnlyList<AuditRow> rows) => new
    {
        batch,
        ids = All(rows, row => row.Id),
        instants = All(rows, row => row.Entry.At.UtcDateTime),
        lastInstants = All(rows, row => row.LastAt.UtcDateTime),
        counts = All(rows, row => row.Count),
        callers = All(rows, row => AuditCallers.Name(row.Entry.Caller)),
        subjects = All(rows, row => row.Entry.Subject),
        actions = All(rows, row => row.Entry.Action),
        tenants = All(rows, row => row.Entry.Tenant?.Value),
        targets = All(rows, row => row.Entry.Target),
        targetKinds = All(rows, row => row.Entry.TargetKind),
        keyPrefixes = All(rows, row => row.Entry.KeyPrefix),
        writes = All(rows, row => row.Entry.IsWrite),
        tenantData = All(rows, row => row.Entry.IsTenantData),
        statuses = All(rows, row => (short)row.Entry.Status),
        requests = All(rows, row => row.Entry.RequestId),
    };

    private static T[] All<T>(IReadOnlyList<AuditRow> rows, Func<AuditRow, T> member) => [.. rows.Select(member)];
}
