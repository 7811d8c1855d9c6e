using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Infrastructure.Live.Feed;

namespace SdkChat.Infrastructure.Nodes;

/// <summary>Records a heartbeat of this node every few seconds, so that a survey knows which nodes to wait for.</summary>
internal sealed partial class NodePresence(ThisNode node, FeedConnections connections, TimeProvider clock, ILogger<NodePresence> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromMilliseconds(500);

    /// <summary>Before the server listens: surveys must include this node before it has a stream.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryAsync(NodeSql.Heartbeat, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LeaveTimeout);
        await TryAsync(NodeSql.Leave, limit.Token);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await TryAsync(NodeSql.Heartbeat, stoppingToken);
    }

    private async Task TryAsync(string sql, CancellationToken cancellationToken)
    {
        try
        {
            await connections.Database.ExecuteAsync(sql, new { node = node.Id, name = node.Name }, cancellationToken);
        }
        catch (Exception exception) when (exception is UnavailableException or OperationCanceledException)
        {
            // The directory's poller logs outages; the next heartbeat repairs this.
        }
        catch (Exception exception)
        {
            HeartbeatFailed(exception);
        }
    }

    [LoggerMessage(LogLevel.Error, "Node heartbeat failed: the backoffice may not see this node's streams")]
    private partial void HeartbeatFailed(Exception exception);
}
