using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// Removes events that every reader has had time to read. How old they are is told by snapshots that this node took itself,
/// not by the instants on the rows, so that a node whose clock is wrong takes nobody's events away.
/// </summary>
internal sealed partial class EventPurge(FeedConnections connections, IOptions<LiveOptions> options, TimeProvider clock, ILogger<EventPurge> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Queue<(long Taken, string Snapshot)> _snapshots = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            await TryPurgeAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TryPurgeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PurgeAsync(cancellationToken);
        }
        catch (UnavailableException)
        {
            // Others tell of the outage; nothing is lost by purging later.
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            PurgeFailed(exception);
        }
    }

    internal async Task PurgeAsync(CancellationToken cancellationToken)
    {
        string? old = null;
        while (_snapshots.TryPeek(out var oldest) && clock.GetElapsedTime(oldest.Taken) >= TimeSpan.FromMinutes(options.Value.EventRetentionMinutes))
            old = _snapshots.Dequeue().Snapshot;
        if (old is not null)
            Purged(await connections.Database.ExecuteAsync(ChatEventSql.Purge, new { old }, cancellationToken));

        var now = await connections.Database.QuerySingleOrDefaultAsync<string>(ChatEventSql.Snapshot, null, cancellationToken);
        _snapshots.Enqueue((clock.GetTimestamp(), now!));
    }

    [LoggerMessage(LogLevel.Debug, "{Count} old events removed")]
    private partial void Purged(int count);

    [LoggerMessage(LogLevel.Error, "Removing old events failed")]
    private partial void PurgeFailed(Exception exception);
}
