using Microsoft.Extensions.Logging;
using Npgsql;
using SdkChat.Infrastructure.Live.Feed;
using SdkChat.Infrastructure.Standby;
using SdkChat.Infrastructure.Workers;

namespace SdkChat.Infrastructure.Nodes;

/// <summary>
/// Compares the maximum connections of all nodes with the connections that the server accepts, at the start and whenever the number of
/// nodes changes. With too many, requests at the first peak would fail with 503.
/// </summary>
internal sealed partial class ConnectionBudget(
    FeedConnections connections, StandbyConnections standby, NpgsqlConnectionStringBuilder settings, TimeProvider clock,
    ILogger<ConnectionBudget> logger)
    : PeriodicWorker(Interval, clock, logger, firstAfter: TimeSpan.Zero)
{
    /// <summary>A node that has just started or stopped is counted after this time.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    private BudgetRow? _reported;

    /// <summary>The maximum number of connections of one node to the primary.</summary>
    private int PerNode => settings.MaxPoolSize + Fixed;

    /// <summary>Those that no setting changes.</summary>
    private int Fixed => FeedConnections.Most + (standby.IsConfigured ? StandbyConnections.ToPrimary : 0);

    protected override string Work => "Comparison of the nodes' connections with the server's";

    protected override Task RunAsync(CancellationToken cancellationToken) => CompareAsync(cancellationToken);

    internal async Task CompareAsync(CancellationToken cancellationToken)
    {
        var budget = await connections.Database.QuerySingleOrDefaultAsync<BudgetRow>(NodeSql.Connections, null, cancellationToken);
        if (budget is not null && budget != _reported)
            Report(_reported = budget);
    }

    private void Report(BudgetRow budget)
    {
        var nodes = Math.Max(1, budget.Nodes);
        if (nodes * PerNode > budget.Available)
            DoesNotFit(nodes, PerNode, nodes * PerNode, budget.Available, Math.Max(1, (budget.Available / nodes) - Fixed));
    }

    private sealed record BudgetRow(int Nodes, int Available);

    [LoggerMessage(
        2031, LogLevel.Warning,
        "{Nodes} nodes may open {PerNode} connections each to PostgreSQL, {Needed} together, and the server allows this role {Available}: "
            + "requests get 503 once they are used up. Set Database:MaxPoolSize to {Fitting} or less, or raise max_connections "
            + "or the role's limit")]
    private partial void DoesNotFit(int nodes, int perNode, int needed, int available, int fitting);
}
