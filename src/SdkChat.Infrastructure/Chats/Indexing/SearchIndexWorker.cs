using Microsoft.Extensions.Logging;
using SdkChat.Infrastructure.Workers;

namespace SdkChat.Infrastructure.Chats.Indexing;

/// <summary>
/// Updates the search index in the background. One node at a time adds a batch. If no node can, searches stay exact but become slower.
/// </summary>
internal sealed class SearchIndexWorker(SearchIndex index, TimeProvider clock, ILogger<SearchIndexWorker> logger) : BackgroundWorker(logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The pause after a batch, as a multiple of its duration. The index thus uses at most a third of one core of the database.
    /// </summary>
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
