using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Domain.Common;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Auditing;

/// <summary>
/// Stores audit entries, as many as there are in one statement, at most four times a second; while storage is away it keeps them. What was lost is said at most once a minute. Once an
/// hour it forgets the oldest.
/// </summary>
internal sealed partial class AuditWriter(
    AuditTrail trail, Database database, IOptions<AuditOptions> options, TimeProvider clock, ILogger<AuditWriter> logger) : BackgroundService
{
    private const int Batch = 500;
    private const int ForgetBite = 5000;

    private static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ReportInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ForgetInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan LastWriteLimit = TimeSpan.FromSeconds(1);

    private List<AuditRow> _batch = [];

    /// <summary>The web server has stopped before: nothing comes after this. A database that is away must not hold the node back.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LastWriteLimit);
        while (await TryWriteAsync(limit.Token))
        {
        }

        for (; _batch.Count > 0; _batch = trail.Take(Batch))
            trail.Lose(_batch.Count);
        trail.ReportLost();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var forget = clock.CreateTimer(_ => _ = ForgetAsync(stoppingToken), null, ForgetInterval, ForgetInterval);
        var mayBeMore = false;
        long? reported = null;
        while (true)
        {
            if (!mayBeMore && _batch.Count == 0 && !trail.HasLost)
                await trail.WaitAsync(stoppingToken);
            mayBeMore = await TryWriteAsync(stoppingToken);
            if ((reported is not { } last || clock.GetElapsedTime(last) >= ReportInterval) && trail.ReportLost())
                reported = clock.GetTimestamp();
            await Task.Delay(Spacing, clock, stoppingToken);
        }
    }

    /// <returns>Whether there may be more to write.</returns>
    private async Task<bool> TryWriteAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_batch.Count == 0)
                _batch = trail.Take(Batch);
            if (_batch.Count == 0)
                return false;

            await database.ExecuteAsync(AuditSql.Append, Parameters(_batch), cancellationToken);
            _batch = [];
            return true;
        }
        catch (Exception exception) when (exception is UnavailableException or OperationCanceledException)
        {
            // Kept for the next time; others tell of the outage.
        }
        catch (Exception exception)
        {
            WriteFailed(exception, _batch.Count);
        }

        return false;
    }

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        try
        {
            var old = new { now = clock.Now(), keepDays = options.Value.KeepDays, most = ForgetBite };
            while (await database.QuerySingleOrDefaultAsync<int>(AuditSql.Forget, old, cancellationToken) == ForgetBite)
            {
            }
        }
        catch (Exception exception) when (exception is UnavailableException or OperationCanceledException)
        {
            // The next round finds what this one has left.
        }
        catch (Exception exception)
        {
            ForgetFailed(exception);
        }
    }

    private static object Parameters(List<AuditRow> rows) => new
    {
        ids = rows.ConvertAll(row => row.Id).ToArray(),
        instants = rows.ConvertAll(row => row.Entry.At.UtcDateTime).ToArray(),
        subjects = rows.ConvertAll(row => row.Entry.Subject).ToArray(),
        actions = rows.ConvertAll(row => row.Entry.Action).ToArray(),
        tenants = rows.ConvertAll(row => row.Entry.Tenant?.Value).ToArray(),
        targets = rows.ConvertAll(row => row.Entry.Target).ToArray(),
        statuses = rows.ConvertAll(row => (short)row.Entry.Status).ToArray(),
        requests = rows.ConvertAll(row => row.Entry.RequestId).ToArray(),
    };

    [LoggerMessage(LogLevel.Error, "Storing {Count} audit entries failed; they are kept and tried again")]
    private partial void WriteFailed(Exception exception, int count);

    [LoggerMessage(LogLevel.Error, "Forgetting old audit entries failed")]
    private partial void ForgetFailed(Exception exception);
}
