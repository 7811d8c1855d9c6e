using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;

namespace SdkChat.Bench.History;

/// <summary>The least that a request with a statement costs with the service's packages (<see cref="OneRowMode"/>), in turn with the service's requests.</summary>
internal sealed class OneRow : IAsyncDisposable
{
    private readonly ModeServer _server;
    private readonly int _clients;
    private readonly List<RequestCost> _costs = [];

    private OneRow(ModeServer server, int clients) => (_server, _clients) = (server, clients);

    /// <summary>Starts it, and lets the compilers find out what is worth their while.</summary>
    public static async Task<OneRow> StartAsync(BenchDatabase database, int clients, TimeSpan warmUp, CancellationToken cancellationToken)
    {
        var row = new OneRow(await ModeServer.OneRowAsync(database.ConnectionString, cancellationToken), clients);
        await row.CostAsync(warmUp, cancellationToken);
        return row;
    }

    public async Task MeasureAsync(TimeSpan duration, CancellationToken cancellationToken) => _costs.Add(await CostAsync(duration, cancellationToken));

    /// <summary>What the service's requests cost beside it. Bounds on their own costs stand in other lines.</summary>
    public IEnumerable<BenchRow> Rows(string bench, string what, IReadOnlyCollection<RequestCost> costs) =>
    [
        Row(bench, $"{what}: a second, beside one row", costs, cost => cost.PerSecond),
        Row(bench, $"{what}: CPU µs each, beside one row", costs, cost => cost.CpuMicroseconds),
        Row(bench, $"{what}: KB allocated each, beside one row", costs, cost => cost.AllocatedKb),
    ];

    /// <summary>What these packages reach at most of a target that the service's requests have.</summary>
    /// <param name="statements">What pgbench does a second; 0 without it.</param>
    public IEnumerable<BenchRow> AgainstPgBench(string bench, double statements, Target target) => statements > 0
        ? [new BenchRow(bench, $"one row, {_clients} clients: a second", Median.Compute(_costs.Select(cost => cost.PerSecond)), statements, "pgbench", target)]
        : [];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private BenchRow Row(string bench, string measure, IEnumerable<RequestCost> costs, Func<RequestCost, double> value) =>
        new(bench, measure, Median.Compute(costs.Select(value)), Median.Compute(_costs.Select(value)), ModeServer.OneRow, null);

    private Task<RequestCost> CostAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        RequestCost.MeasureAsync(_server.Port, ["/row/1"], "none", _clients, duration, _server.Processes, _server.Probe, cancellationToken);
}
