using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Infrastructure.Live.Feed;

namespace SdkChat.Infrastructure.Nodes;

/// <summary>Says every few seconds that this node is there, so that others know whose answer to wait for.</summary>
internal sealed partial class NodePresence(ThisNode node, FeedConnections connections, TimeProvider clock, ILogger<NodePresence> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(500);

    /// <summary>Before the server listens: a stream must not be open on a node that nobody asks.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryAsync(NodeSql.Beat, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Farewell);
        await TryAsync(NodeSql.Leave, limit.Token);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await TryAsync(NodeSql.Beat, stoppingToken);
    }

    private async Task TryAsync(string sql, CancellationToken cancellationToken)
    {
        try
        {
            await connections.Database.ExecuteAsync(sql, new { node = node.Id, name = node.Name }, cancellationToken);
        }
        catch (Exception exception) when (exception is UnavailableException or OperationCanceledException)
        {
            // The directory's poller tells of outages; the next beat makes up for this one.
        }
        catch (Exception exception)
        {
            BeatFailed(exception);
        }
    }

    [LoggerMessage(LogLevel.Error, "Saying that this node is there failed: the backoffice may not see its streams")]
    private partial void BeatFailed(Exception exception);
}
