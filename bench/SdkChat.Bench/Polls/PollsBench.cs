using SdkChat.Bench.History;
using SdkChat.Bench.Load;
using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;

namespace SdkChat.Bench.Polls;

/// <summary>
/// Shoppers who poll unfinished chats twice a second, with an HTTP pipeline in its own process; polls as fast as the service answers them,
/// beside the same statement in pgbench; and polls of a finished chat that the app already has.
/// </summary>
internal sealed class PollsBench : IBench
{
    private const int Clients = 16;

    /// <summary>So many that hardly two clients poll the same chat at the same time.</summary>
    private const int FlatOutChats = 128;

    private readonly List<BenchRow> _rows = [];

    public string Name => "polls";

    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        int[] counts = [1000, 5000];
        run.Say("polls: starting");
        await using var pipeline = await ModeServer.PipelineAsync(cancellationToken);
        await using var server = await SdkChatServer.StartAsync(
            1, cancellationToken, probe: new RuntimeProbe(), pipeline: $"http://127.0.0.1:{pipeline.Port}");
        var data = await PollData.AddAsync(server, counts.Max(), cancellationToken);
        foreach (var count in counts)
        {
            run.Say($"polls: {count:N0} shoppers");
            await ShoppersAsync(run, server, pipeline, data, count, cancellationToken);
        }

        if (Wrk.IsInstalled)
            await FlatOutAsync(run, server, data, cancellationToken);
        return _rows;
    }

    private async Task ShoppersAsync(
        BenchRun run, SdkChatServer server, ModeServer pipeline, PollData data, int count, CancellationToken cancellationToken)
    {
        await using var shoppers = await Shoppers.OpenAsync(
            server.Port, Enumerable.Range(0, count).Select(shopper => $"{data.PathOf(shopper)}\t{data.Key}"), cancellationToken);
        await shoppers.PollAsync(run.Pick(2, 15), cancellationToken);
        var (cpu, facts, calls) = (ProcessCost.CpuSeconds(server.Processes), await server.Probe.AskAsync(cancellationToken), await pipeline.CallsAsync(cancellationToken));
        var report = await shoppers.PollAsync(run.Pick(2, 15), cancellationToken);
        var used = ProcessCost.CpuSeconds(server.Processes) - cpu;
        var allocated = (await server.Probe.AskAsync(cancellationToken)).Allocated - facts.Allocated;
        calls = await pipeline.CallsAsync(cancellationToken) - calls;

        Add("polls a second per core", report.Polls / used);
        Add("polls a second", report.Polls / report.Seconds);
        Add("p99 ms", report.P99);
        Add("pipeline calls per chat and second", calls / report.Seconds / count, Target.AtMost(2));
        Add("KB allocated a poll", allocated / 1024.0 / report.Polls);
        Add("CPU µs a poll, without the database's", used * 1e6 / report.Polls);
        Add("polls that failed", report.Failures);
        Add("load generator, cores", report.CpuSeconds / report.Seconds, Target.AtMost(0.8));

        void Add(string measure, double value, Target? target = null) => _rows.Add(new BenchRow(Name, $"{count:N0} shoppers: {measure}", value, null, "", target));
    }

    private async Task FlatOutAsync(BenchRun run, SdkChatServer server, PollData data, CancellationToken cancellationToken)
    {
        run.Say("polls: as fast as they are answered");
        string[] unfinished = [.. Enumerable.Range(0, FlatOutChats).Select(data.PathOf)];
        string[] finished = [data.PathOf(data.Finished)];
        var known = $"If-None-Match: {await data.TagAsync(server.Port, finished[0], cancellationToken)}";
        var (polls, statements, whole, conditional) = (new List<RequestCost>(), new List<double>(), new List<RequestCost>(), new List<RequestCost>());
        for (var round = 0; round <= run.Pick(1, 4); round++)
        {
            polls.Add(await MeasureAsync(unfinished));
            if (PgBench.Program is not null)
                statements.Add(await PgBench.RateAsync(
                    server.Database.ConnectionString, PollScript.Create(data.Tenant, data.Profile, FlatOutChats), Clients, Duration(run), cancellationToken));
            whole.Add(await MeasureAsync(finished));
            conditional.Add(await MeasureAsync(finished, known));
        }

        var pgbench = statements.Count > 0;
        Add("unfinished, 16 clients: polls a second", polls, cost => cost.PerSecond, pgbench ? Median.Compute(statements) : null, "pgbench", pgbench ? Target.AtLeast(0.35) : null);
        Add("unfinished, 16 clients: CPU µs a poll, without the database's", polls, cost => cost.CpuMicroseconds);
        Add("unfinished, 16 clients: KB allocated a poll", polls, cost => cost.AllocatedKb);
        Add("finished, 304: polls a second", conditional, cost => cost.PerSecond, Typical(whole, cost => cost.PerSecond), "200 with 100 KB");
        Add("finished, 304: CPU µs a poll, without the database's", conditional, cost => cost.CpuMicroseconds, Typical(whole, cost => cost.CpuMicroseconds), "200 with 100 KB");
        Add("finished, 304: KB allocated a poll", conditional, cost => cost.AllocatedKb, Typical(whole, cost => cost.AllocatedKb), "200 with 100 KB");

        Task<RequestCost> MeasureAsync(string[] paths, string? header = null) => RequestCost.MeasureAsync(
            server.Port, paths, data.Key, Clients, Duration(run), server.Processes, server.Probe, cancellationToken, header);

        void Add(string measure, List<RequestCost> costs, Func<RequestCost, double> value, double? peer = null, string peerName = "", Target? target = null) =>
            _rows.Add(new BenchRow(Name, measure, Typical(costs, value), peer, peer is null ? "" : peerName, target));
    }

    private static TimeSpan Duration(BenchRun run) => TimeSpan.FromSeconds(run.Pick(1, 6));

    /// <summary>The first round is for the compilers.</summary>
    private static double Typical(IEnumerable<RequestCost> costs, Func<RequestCost, double> value) => Median.Compute(costs.Skip(1).Select(value));
}
