using Microsoft.Extensions.Logging;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Storage;
using SdkChat.Infrastructure.Workers;

namespace SdkChat.Infrastructure.Tenants;

/// <summary>
/// Reads the directory's revision once a second: one row, whatever the number of tenants. It also records that the database answers, and
/// finds survey requests on a node that gets no notifications.
/// </summary>
internal sealed partial class DirectoryPoller(
    Database database,
    Heartbeat heartbeat,
    IEnumerable<IDirectoryCache> caches,
    IEnumerable<IDirectoryListener> listeners,
    SurveySignal surveys,
    TimeProvider clock,
    ILogger<DirectoryPoller> logger) : PeriodicWorker(TimeSpan.FromSeconds(1), clock, logger, firstAfter: TimeSpan.Zero)
{
    private long? _revision;
    private bool _away;

    protected override string Work => "Poll of the directory's revision";

    protected override Task RunAsync(CancellationToken cancellationToken) => PollAsync(cancellationToken);

    internal async Task PollAsync(CancellationToken cancellationToken)
    {
        try
        {
            var polled = await database.QuerySingleOrDefaultAsync<PollRow>(TenantSql.Revision, null, cancellationToken);
            heartbeat.RecordProgress();
            Returned();
            surveys.Newest(polled!.Survey);
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
    }

    private sealed record PollRow(long Revision, long Survey);

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

    [LoggerMessage(2011, LogLevel.Warning, "The database does not answer: {Reason}")]
    private partial void DatabaseAway(string reason);

    [LoggerMessage(2012, LogLevel.Information, "The database answers again")]
    private partial void DatabaseReturned();
}
