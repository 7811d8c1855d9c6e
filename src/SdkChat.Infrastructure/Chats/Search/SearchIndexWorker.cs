using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Infrastructure.Chats.Search;

/// <summary>Keeps the search index up to date in the background. Of many nodes, one at a time adds a batch.</summary>
internal sealed partial class SearchIndexWorker(SearchIndex index, TimeProvider clock, ILogger<SearchIndexWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Times as long as a batch took: the index gets a third of one core of the database at most, and kickoffs the rest.</summary>
    private const int PauseFactor = 2;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var started = clock.GetTimestamp();
            var added = await TryAddAsync(stoppingToken);
            await Task.Delay(added > 0 ? PauseFactor * clock.GetElapsedTime(started) : Interval, clock, stoppingToken);
        }
    }

    /// <returns>How many chats were added; 0 after a failure.</returns>
    private async Task<int> TryAddAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await index.AddBatchAsync(cancellationToken);
        }
        catch (UnavailableException)
        {
            // The database's health check and metrics report the outage. The next attempt finds the same chats.
            return 0;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            AddFailed(exception);
            return 0;
        }
    }

    [LoggerMessage(LogLevel.Error, "Adding chats to the search index failed; searches stay exact and become slower until it succeeds; the next attempt is in a second")]
    private partial void AddFailed(Exception exception);
}
