using SdkChat.Bench.Fanout;
using SdkChat.Bench.History;
using SdkChat.Bench.Load;
using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;

namespace SdkChat.Bench.Cold;

/// <summary>A node in the first half minute of its process: until it is ready, and then beside peers that need no compiler.</summary>
internal sealed class ColdBench : IBench
{
    private const int Subscribers = 5000;
    private const int Clients = 16;
    private const int Chats = 10_000;

    public string Name => "cold";

    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var (ready, cpu, rows) = (new List<double>(), new List<double>(), new List<BenchRow>());
        var (empty, emptyCpu) = (new List<double>(), new List<double>());
        // Its four windows alone are forty seconds.
        if (!run.Quick)
            rows.AddRange(await FanoutAsync(run, Started, cancellationToken));
        rows.AddRange(await PagesAsync(run, Started, cancellationToken));
        run.Say("cold: ./sdkchat up");
        if (await FirstLink.MeasureAsync(cancellationToken) is var (withoutData, withData))
        {
            rows.Add(new BenchRow(Name, "s until the first link of up", withData, null, "", Target.AtMost(3)));
            rows.Add(new BenchRow(Name, "s until the first link of up, new data folder", withoutData, null, "", null));
        }

        // As often as the service has started.
        for (var n = 0; n < ready.Count; n++)
        {
            var started = TimeProvider.System.GetTimestamp();
            await using var server = await ModeServer.EmptyAsync(cancellationToken);
            empty.Add(TimeProvider.System.GetElapsedTime(started).TotalSeconds);
            emptyCpu.Add(ProcessCost.CpuSeconds(server.Processes));
        }

        return
        [
            new BenchRow(Name, "s until ready", Median.Compute(ready), null, "", Target.AtMost(1)),
            new BenchRow(Name, "s until ready, beside an empty server", Median.Compute(ready), Median.Compute(empty), "empty server", null),
            new BenchRow(Name, "CPU s until ready", Median.Compute(cpu), Median.Compute(emptyCpu), "empty server", null),
            .. rows,
        ];

        void Started(SdkChatServer one)
        {
            ready.Add(one.StartTime.TotalSeconds);
            cpu.Add(ProcessCost.CpuSeconds(one.Processes));
        }
    }

    private async Task<IReadOnlyList<BenchRow>> FanoutAsync(
        BenchRun run, Action<SdkChatServer> started, CancellationToken cancellationToken)
    {
        if (!NchanServer.IsInstalled)
            return [];

        var (ours, peers) = (new List<IReadOnlyList<double>>(), new List<IReadOnlyList<double>>());
        for (var round = 1; round <= 3; round++)
        {
            run.Say($"cold: events, round {round}");
            var server = await SdkChatServer.StartAsync(1, cancellationToken);
            started(server);
            ours.Add(await CostsAsync(server, cancellationToken));
            peers.Add(await CostsAsync(await NchanServer.StartAsync(cancellationToken), cancellationToken));
        }

        return
        [
            // While the methods that opened 5,000 streams are still being compiled.
            new BenchRow(Name, "CPU µs a delivery to 5,000 readers, at once", MedianOf(ours, 0), MedianOf(peers, 0), "nchan", null),
            new BenchRow(
                Name, "CPU µs a delivery to 5,000 readers, 10 s later", MedianOf(ours, 1), MedianOf(peers, 1), "nchan", Target.AtMost(0.7)),
        ];

        static double MedianOf(IEnumerable<IReadOnlyList<double>> costs, int window) => Median.Compute(costs.Select(cost => cost[window]));
    }

    /// <summary>Ten events a second in two windows of ten seconds. The server is disposed of.</summary>
    private static async Task<IReadOnlyList<double>> CostsAsync(IServer server, CancellationToken cancellationToken)
    {
        await using var one = new MeasuredServer(server);
        await one.OpenAsync(Subscribers, cancellationToken);
        var first = await one.SteadyAsync(10, 100, cancellationToken);
        return [first.Cost, (await one.SteadyAsync(10, 100, cancellationToken)).Cost];
    }

    private async Task<IReadOnlyList<BenchRow>> PagesAsync(BenchRun run, Action<SdkChatServer> started, CancellationToken cancellationToken)
    {
        if (!Wrk.IsInstalled || PgBench.Program is null)
            return [];

        var (ours, peers) = (new List<double>(), new List<double>());
        for (var round = 1; round <= run.Pick(1, 3); round++)
        {
            run.Say($"cold: pages, round {round}");
            await using var server = await SdkChatServer.StartAsync(
                1, cancellationToken, prepare: (database, tenants) => FillAsync(database, tenants[0], cancellationToken));
            started(server);
            ours.Add(await Wrk.RateAsync(
                server.Port, ["/api/v1/sdk-chat"], Tokens.ForAdmin(server.Tenants[0], 1), Clients, TimeSpan.FromSeconds(run.Pick(10, 20)),
                cancellationToken));
            peers.Add(await PgBench.RateAsync(
                server.Database.ConnectionString, FirstPageScript.Create(server.Tenants[0]), Clients, TimeSpan.FromSeconds(run.Pick(2, 10)),
                cancellationToken));
        }

        return [new BenchRow(
            Name, $"first pages, {Clients} clients: a second", Median.Compute(ours), Median.Compute(peers), "pgbench",
            Target.AtLeast(0.4))];
    }

    private static async Task FillAsync(BenchDatabase database, Guid tenant, CancellationToken cancellationToken)
    {
        await new HistoryData(database.ConnectionString).FillAsync(tenant, Chats, cancellationToken);
        await HistoryBench.CountAsync(database, cancellationToken);
    }
}
