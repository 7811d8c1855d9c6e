using System.Globalization;
using SdkChat.Bench.Fanout;
using SdkChat.Bench.History;
using SdkChat.Bench.Load;
using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;

namespace SdkChat.Bench.Standby;

/// <summary>
/// Lists of a node that reads history from a streaming standby, in turn with those of a node that has the primary alone, while chats are
/// written. All servers are on this machine: the standby takes load from the primary and adds no processor.
/// </summary>
internal sealed class StandbyBench : IBench
{
    private const string Peer = "primary alone";
    private const int Clients = 16;

    /// <summary>Kickoffs and completions each, of two tenants in turn; one of them is read.</summary>
    private const int ChatsPerSecond = 25;

    private static readonly TimeSpan SampleInterval = TimeSpan.FromMilliseconds(20);

    public string Name => "standby";

    public bool IsLong => true;

    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        if (!Wrk.IsInstalled)
            return [];

        run.Say("standby: starting");
        await using var alone = await SdkChatServer.StartAsync(
            2, cancellationToken, probe: new RuntimeProbe(), prepare: async (database, tenants) =>
            {
                await new HistoryData(database.ConnectionString).FillAsync(tenants[0], run.Pick(10_000, 100_000), cancellationToken);
                await HistoryBench.CountAsync(database, cancellationToken);
            });
        await using var standby = await BenchStandby.StartAsync(alone.Database, cancellationToken);
        var metrics = FreePort.Find();
        await using var server = await alone.StartBesideAsync(
            [
                new("ConnectionStrings__HistoryStandby", standby.ConnectionString),
                new("Metrics__Port", metrics.ToString(CultureInfo.InvariantCulture)),
            ],
            cancellationToken, new RuntimeProbe());
        await using var node = await WritingNode.StartAsync(alone, cancellationToken);
        using var counters = new HistoryReads(metrics);
        return await MeasureAsync(run, alone, server, node, counters, cancellationToken);
    }

    private async Task<IReadOnlyList<BenchRow>> MeasureAsync(
        BenchRun run, SdkChatServer alone, SdkChatServer server, WritingNode node, HistoryReads counters,
        CancellationToken cancellationToken)
    {
        var primary = await alone.Database.ProcessAsync(cancellationToken);
        var (ours, theirs, lags, reads) = (new List<ListCost>(), new List<ListCost>(), new List<double>(), new HistoryReads.Counts(0, 0));
        for (var round = 0; round <= run.Pick(1, 4); round++)
        {
            run.Say($"standby: round {round}");
            theirs.Add(await CostAsync(run, alone, primary, node, [], cancellationToken));
            // The first round is for the compilers.
            if (round == 1)
                (reads, lags) = (await counters.ReadAsync(cancellationToken), []);
            ours.Add(await CostAsync(run, server, primary, node, lags, cancellationToken));
        }

        var answered = await counters.ReadAsync(cancellationToken) - reads;
        lags.Sort();
        return
        [
            Row("different pages, 16 clients: a second", cost => cost.PerSecond, Target.AtLeast(0.9)),
            Row("different pages, 16 clients: CPU µs of the primary each", cost => cost.PrimaryMicroseconds, Target.AtMost(0.5)),
            new BenchRow(
                Name, "% of the lists that the standby answered", answered.Standby * 100 / (answered.Standby + answered.Primary), null, "",
                Target.AtLeast(90)),
            new BenchRow(Name, "lag of the standby meanwhile, p50 ms", Quantile(0.5), null, "", null),
            new BenchRow(Name, "lag of the standby meanwhile, p99 ms", Quantile(0.99), null, "", Target.AtMost(250)),
        ];

        double Quantile(double fraction) => lags[(int)Math.Ceiling(lags.Count * fraction) - 1];

        BenchRow Row(string measure, Func<ListCost, double> value, Target target) =>
            new(Name, measure, Median.Compute(ours.Skip(1).Select(value)), Median.Compute(theirs.Skip(1).Select(value)), Peer, target);
    }

    private static async Task<ListCost> CostAsync(
        BenchRun run, SdkChatServer server, int primary, WritingNode node, List<double> lags, CancellationToken cancellationToken)
    {
        var (seconds, token) = (run.Pick(3, 10), Tokens.ForAdmin(server.Tenants[0], 1));
        string[] pages = [.. Enumerable.Range(1, 8 * Clients).Select(page => $"/api/v1/sdk-chat?page={page}")];
        var (processes, started) = (ProcessCost.WithChildren(primary), TimeProvider.System.GetTimestamp());
        var cpu = ProcessCost.CpuSeconds(processes);
        var writing = node.KeepAsync(ChatsPerSecond, seconds, cancellationToken);
        var sampling = SampleAsync(server.Database, lags, seconds, cancellationToken);
        var rate = await Wrk.RateAsync(server.Port, pages, token, Clients, TimeSpan.FromSeconds(seconds), cancellationToken);
        // Sessions that began or ended meanwhile count from or to then.
        var used = ProcessCost.CpuSeconds(ProcessCost.WithChildren(primary)) - cpu;
        var requests = rate * TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        await Task.WhenAll(writing, sampling);
        return new ListCost(rate, used * 1e6 / requests);
    }

    private static async Task SampleAsync(BenchDatabase database, List<double> lags, int seconds, CancellationToken cancellationToken)
    {
        for (var started = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(started).TotalSeconds < seconds;)
        {
            lags.Add(await database.LagMsAsync(cancellationToken) ?? double.PositiveInfinity);
            await Task.Delay(SampleInterval, cancellationToken);
        }
    }

    private sealed record ListCost(double PerSecond, double PrimaryMicroseconds);
}
