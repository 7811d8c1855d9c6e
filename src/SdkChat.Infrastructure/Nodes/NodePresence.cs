using Microsoft.Extensions.Logging;
using SdkChat.Infrastructure.Live.Feed;
using SdkChat.Infrastructure.Workers;

namespace SdkChat.Infrastructure.Nodes;

/// <summary>Records a heartbeat of this node every few seconds, so that a survey knows which nodes to wait for.</summary>
internal sealed class NodePresence(ThisNode node, FeedConnections connections, TimeProvider clock, ILogger<NodePresence> logger)
    : PeriodicWorker(TimeSpan.FromSeconds(5), clock, logger)
{
    private static readonly TimeSpan LeaveTimeout = TimeSpan.FromMilliseconds(500);

    protected override string Work => "Heartbeat of this node";

    /// <summary>Runs before the server listens: surveys must include this node before it has a stream.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryAsync(RunAsync, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryWithinAsync(
            LeaveTimeout, "Removal of this node's heartbeat", token => ExecuteAsync(NodeSql.Leave, token), cancellationToken);
    }

    protected override Task RunAsync(CancellationToken cancellationToken) => ExecuteAsync(NodeSql.Heartbeat, cancellationToken);

    private Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken) =>
        connections.Database.ExecuteAsync(sql, new { node = node.Id, name = node.Name }, cancellationToken);
}
