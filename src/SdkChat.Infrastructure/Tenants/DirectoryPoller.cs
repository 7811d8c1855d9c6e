using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Tenants;

/// <summary>
/// Reads the directory's revision once a second: one row, whatever the number of tenants. It is also this node's
/// heartbeat of the database, and how a node that hears no notifications learns that another has a question.
/// </summary>
internal sealed partial class DirectoryPoller(
    Database database,
    Heartbeat heartbeat,
    IEnumerable<IDirectoryCache> caches,
    IEnumerable<IDirectoryListener> listeners,
    SurveySignal surveys,
    TimeProvider clock,
    ILogger<DirectoryPoller> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long? _revision;
    private bool _away;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            await PollAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    internal async Task PollAsync(CancellationToken cancellationToken)
    {
        try
        {
            var polled = await database.QuerySingleOrDefaultAsync<PollRow>(TenantSql.Revision, null, cancellationToken);
            heartbeat.Beat();
            Returned();
            surveys.Newest(polled!.Inquiry);
            if (polled.Revision == _revision)
                return;

            _revision = polled.Revision;
            foreach (var cache in caches)
                cache.Clear();
            foreach (var listener in listeners)
                listener.DirectoryChanged();
        }
        catch (UnavailableException exception)
        {
            Away(exception);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // One bad poll must not end the loop: without it, a revoked key would live on for ever.
            PollFailed(exception);
        }
    }

    private sealed record PollRow(long Revision, long Inquiry);

    private void Returned()
    {
        if (_away)
            DatabaseReturned();
        _away = false;
    }

    private void Away(UnavailableException exception)
    {
        if (!_away)
            DatabaseAway(exception.Reason);
        _away = true;
    }

    [LoggerMessage(LogLevel.Warning, "The database does not answer: {Reason}")]
    private partial void DatabaseAway(string reason);

    [LoggerMessage(LogLevel.Information, "The database answers again")]
    private partial void DatabaseReturned();

    [LoggerMessage(LogLevel.Error, "Reading the directory's revision failed")]
    private partial void PollFailed(Exception exception);
}
