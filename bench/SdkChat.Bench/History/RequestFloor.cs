using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;

namespace SdkChat.Bench.History;

/// <summary>
/// The least that a request with a statement costs, in turn with the service's requests: <see cref="OneRowMode"/> with the service's
/// packages, or <see cref="BarePageMode"/> with the service's statement.
/// </summary>
internal sealed class RequestFloor : IAsyncDisposable
{
    private readonly ModeServer _server;
    private readonly IReadOnlyList<string> _paths;
    private readonly int _clients;
    private readonly List<RequestCost> _costs = [];

    private RequestFloor(ModeServer server, IReadOnlyList<string> paths, int clients) =>
        (_server, _paths, _clients) = (server, paths, clients);

    /// <summary>Starts it, and lets the compilers find out what is worth their while.</summary>
    public static async Task<RequestFloor> StartOneRowAsync(
        BenchDatabase database, int clients, TimeSpan warmUp, CancellationToken cancellationToken)
    {
        var server = await ModeServer.OneRowAsync(database.ConnectionString, cancellationToken);
        return await WarmAsync(new RequestFloor(server, ["/row/1"], clients), warmUp, cancellationToken);
    }

    /// <inheritdoc cref="StartOneRowAsync"/>
    /// <param name="tenant">Whose pages are read: from 1 to <paramref name="pages"/>.</param>
    public static async Task<RequestFloor> StartBarePageAsync(
        BenchDatabase database, Guid tenant, int pages, int clients, TimeSpan warmUp, CancellationToken cancellationToken)
    {
        var server = await ModeServer.BarePageAsync(database.ConnectionString, cancellationToken);
        string[] paths = [.. Enumerable.Range(1, pages).Select(page => BarePageMode.Path(tenant, page))];
        return await WarmAsync(new RequestFloor(server, paths, clients), warmUp, cancellationToken);
    }

    public async Task MeasureAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        _costs.Add(await CostAsync(duration, cancellationToken));

    /// <summary>What the service's requests cost beside it. Bounds on their own costs stand in other lines.</summary>
    public IEnumerable<BenchRow> Rows(string bench, string what, IReadOnlyCollection<RequestCost> costs) =>
    [
        Row(bench, $"{what}: a second, beside {_server.Name}", costs, cost => cost.PerSecond),
        Row(bench, $"{what}: CPU µs each, beside {_server.Name}", costs, cost => cost.CpuMicroseconds),
        Row(bench, $"{what}: KB allocated each, beside {_server.Name}", costs, cost => cost.AllocatedKb),
    ];

    /// <summary>What it reaches of a target that the service's requests have: they can reach no more.</summary>
    /// <param name="statements">What pgbench does a second; 0 without it.</param>
    public IEnumerable<BenchRow> AgainstPgBench(string bench, double statements, Target target)
    {
        var (measure, perSecond) = ($"{_server.Name}, {_clients} clients: a second", Median.Compute(_costs.Select(cost => cost.PerSecond)));
        return statements > 0 ? [new BenchRow(bench, measure, perSecond, statements, "pgbench", target)] : [];
    }

    /// <summary>Checks that it answers with as many bytes as the service, but for the digits of a time.</summary>
    /// <exception cref="InvalidOperationException">It does not, so that it is no floor.</exception>
    public async Task CompareAsync(PageReader service, string path, string token, string ownPath, CancellationToken cancellationToken)
    {
        using var own = new PageReader(_server.Port);
        var expected = await service.LengthAsync(path, token, cancellationToken);
        var sent = await own.LengthAsync(ownPath, "none", cancellationToken);
        if (Math.Abs(expected - sent) > expected / 100)
            throw new InvalidOperationException($"{_server.Name} answers with {sent} bytes, the service with {expected}.");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task<RequestFloor> WarmAsync(RequestFloor floor, TimeSpan duration, CancellationToken cancellationToken)
    {
        await floor.CostAsync(duration, cancellationToken);
        return floor;
    }

    private BenchRow Row(string bench, string measure, IEnumerable<RequestCost> costs, Func<RequestCost, double> value) =>
        new(bench, measure, Median.Compute(costs.Select(value)), Median.Compute(_costs.Select(value)), _server.Name, null);

    private Task<RequestCost> CostAsync(TimeSpan duration, CancellationToken cancellationToken) =>
        RequestCost.MeasureAsync(_server.Port, _paths, "none", _clients, duration, _server.Processes, _server.Probe, cancellationToken);
}
