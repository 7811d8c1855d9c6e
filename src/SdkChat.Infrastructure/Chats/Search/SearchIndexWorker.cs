using Microsoft.Extensions.Logging;
using SdkChat.Infrastructure.Workers;

namespace SdkChat.Infrastructure.Chats.Search;

/// <summary>
/// Keeps the search index up to date in the background. Of many nodes, one at a time adds a batch. Searches stay exact while it cannot,
/// and become slower.
/// </summary>
internal sealed class SearchIndexWorker(SearchIndex index, TimeProvider clock, ILogger<SearchIndexWorker> logger) : BackgroundWorker(logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Times as long as a batch took: the index gets a third of one core of the database at most, and kickoffs the rest.</summary>
    private const int PauseFactor = 2;

    protected override string Work => "Adding chats to the search index";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var started = clock.GetTimestamp();
            var added = 0;
            await TryAsync(async token => added = await index.AddBatchAsync(token), stoppingToken);
            await Task.Delay(added > 0 ? PauseFactor * clock.GetElapsedTime(started) : Interval, clock, stoppingToken);
        }
    }
}
