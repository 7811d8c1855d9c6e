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
        int[] counts = run.Pick<int[]>([1000], [1000, 5000]);
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
        var calls = 0L;
        var ours = await ShopperCost.MeasureAsync(
            server.Port, Enumerable.Range(0, count).Select(shopper => $"{data.PathOf(shopper)}\t{data.Key}"), server.Processes,
            server.Probe, run.Pick(2, 15), cancellationToken, whenWarm: async () => calls = await pipeline.CallsAsync(cancellationToken));
        calls = await pipeline.CallsAsync(cancellationToken) - calls;
        var floor = run.Quick ? null : await FloorAsync(run, server, count, cancellationToken);

        Add("polls a second per core", cost => cost.PerCore);
        Add("polls a second", cost => cost.PerSecond);
        Add("p99 ms", cost => cost.P99);
        Add("KB allocated a poll", cost => cost.AllocatedKb);
        Add("CPU µs a poll, without the database's", cost => cost.CpuMicroseconds);
        AddOwn("pipeline calls per chat and second", calls / ours.Seconds / count, Target.AtMost(2));
        AddOwn("polls that failed", ours.Failures, Target.AtMost(0));
        AddOwn("load generator, cores", ours.GeneratorCores, Target.AtMost(0.8));

        void Add(string measure, Func<ShopperCost, double> value) => _rows.Add(new BenchRow(
            Name, $"{count:N0} shoppers: {measure}", value(ours), floor is null ? null : value(floor),
            floor is null ? "" : ModeServer.OneRow, null));

        void AddOwn(string measure, double value, Target target) =>
            _rows.Add(new BenchRow(Name, $"{count:N0} shoppers: {measure}", value, null, "", target));
    }

    /// <summary>The same shoppers ask for one row instead.</summary>
    private static async Task<ShopperCost> FloorAsync(BenchRun run, SdkChatServer server, int count, CancellationToken cancellationToken)
    {
        await using var row = await ModeServer.OneRowAsync(server.Database.ConnectionString, cancellationToken);
        return await ShopperCost.MeasureAsync(
            row.Port, Enumerable.Range(0, count).Select(shopper => $"/row/{shopper}\tnone"), row.Processes, row.Probe, run.Pick(2, 15),
            cancellationToken);
    }

    private async Task FlatOutAsync(BenchRun run, SdkChatServer server, PollData data, CancellationToken cancellationToken)
    {
        run.Say("polls: as fast as they are answered");
        string[] unfinished = [.. Enumerable.Range(0, FlatOutChats).Select(data.PathOf)];
        string[] finished = [data.PathOf(data.Finished)];
        var known = $"If-None-Match: {await data.TagAsync(server.Port, finished[0], cancellationToken)}";
        var (polls, statements, whole, conditional) = (
            new List<RequestCost>(), new List<double>(), new List<RequestCost>(), new List<RequestCost>());
        await using var oneRow = await RequestFloor.StartOneRowAsync(
            server.Database, Clients, TimeSpan.FromSeconds(run.Pick(3, 15)), cancellationToken);
        for (var round = 0; round <= run.Pick(1, 4); round++)
        {
            polls.Add(await MeasureAsync(unfinished));
            await oneRow.MeasureAsync(Duration(run), cancellationToken);
            if (PgBench.Program is not null)
                statements.Add(await PgBench.RateAsync(
                    server.Database.ConnectionString, PollScript.Create(data.Tenant, data.Profile, FlatOutChats), Clients, Duration(run),
                    cancellationToken));
            whole.Add(await MeasureAsync(finished));
            conditional.Add(await MeasureAsync(finished, known));
        }

        var pgbench = statements.Count > 0;
        Add(
            "unfinished, 16 clients: polls a second", polls, cost => cost.PerSecond, pgbench ? Median.Compute(statements) : null, "pgbench",
            pgbench ? Target.AtLeast(0.35) : null);
        Add("unfinished, 16 clients: CPU µs a poll, without the database's", polls, cost => cost.CpuMicroseconds);
        Add("unfinished, 16 clients: KB allocated a poll", polls, cost => cost.AllocatedKb);
        _rows.AddRange(oneRow.Rows(Name, "unfinished, 16 clients", [.. polls.Skip(1)]));
        if (pgbench)
            _rows.AddRange(oneRow.AgainstPgBench(Name, Median.Compute(statements), Target.AtLeast(0.35)));
        Add(
            "finished, 304: polls a second", conditional, cost => cost.PerSecond, Typical(whole, cost => cost.PerSecond),
            "200 with 100 KB");
        Add(
            "finished, 304: CPU µs a poll, without the database's", conditional, cost => cost.CpuMicroseconds,
            Typical(whole, cost => cost.CpuMicroseconds), "200 with 100 KB");
        Add(
            "finished, 304: KB allocated a poll", conditional, cost => cost.AllocatedKb, Typical(whole, cost => cost.AllocatedKb),
            "200 with 100 KB");

        Task<RequestCost> MeasureAsync(string[] paths, string? header = null) => RequestCost.MeasureAsync(
            server.Port, paths, data.Key, Clients, Duration(run), server.Processes, server.Probe, cancellationToken, header);

        void Add(
            string measure, List<RequestCost> costs, Func<RequestCost, double> value, double? peer = null, string peerName = "",
            Target? target = null) =>
            _rows.Add(new BenchRow(Name, measure, Typical(costs, value), peer, peer is null ? "" : peerName, target));
    }

    private static TimeSpan Duration(BenchRun run) => TimeSpan.FromSeconds(run.Pick(1, 6));

    /// <summary>The first round is for the compilers.</summary>
    private static double Typical(IEnumerable<RequestCost> costs, Func<RequestCost, double> value) =>
        Median.Compute(costs.Skip(1).Select(value));
}
