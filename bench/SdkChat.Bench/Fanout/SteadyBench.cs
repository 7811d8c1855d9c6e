using SdkChat.Bench.Servers;

namespace SdkChat.Bench.Fanout;

/// <summary>One tenant, ten events a second: what a delivery costs, and how long it takes to the last reader.</summary>
internal sealed class SteadyBench : IBench
{
    private const double PerSecond = 10;
    private const int Many = 5000;

    public string Name => "steady";

    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var rows = new List<BenchRow>();
        foreach (var subscribers in new[] { 1000, Many })
            rows.AddRange(await RunAsync(run, subscribers, cancellationToken));
        return rows;
    }

    private static async Task<IEnumerable<BenchRow>> RunAsync(BenchRun run, int subscribers, CancellationToken cancellationToken)
    {
        run.Say($"steady: {subscribers} subscribers of each server");
        await using var contest = await Contest.OpenAsync(subscribers, cancellationToken);
        // Compilers that work while it runs have settled before anything counts.
        foreach (var one in contest.All)
            await one.FlatOutAsync(run.Pick(500_000, 1_000_000) / subscribers, 10, 100, cancellationToken);
        for (var round = 1; round <= run.Pick(2, 7); round++)
        {
            run.Say($"steady: {subscribers} subscribers, round {round}");
            foreach (var one in contest.All)
                await one.SteadyAsync(PerSecond, run.Pick(20, 40), cancellationToken);
        }

        return Rows(subscribers, contest);
    }

    private static IEnumerable<BenchRow> Rows(int subscribers, Contest contest)
    {
        var name = $"steady {subscribers}";
        var ours = contest.Ours;
        foreach (var peer in contest.Peers)
            yield return new BenchRow(name, "CPU µs a delivery", ours.Cost, peer.Cost, peer.Server.Name, CostTarget(subscribers, peer.Server.Name));
        foreach (var peer in contest.Peers)
            yield return new BenchRow(name, "p99 ms to the reader", ours.P99, peer.P99, peer.Server.Name, peer.Server is NchanServer ? Target.AtMost(1) : null);
        yield return new BenchRow(name, "lost or out of order", ours.Samples.Sum(sample => sample.Missing + sample.Report.Gaps), null, "", Target.AtMost(0));
        yield return new BenchRow(name, "load generator, cores", ours.Samples.Max(sample => sample.Report.CpuSeconds / sample.Report.Seconds), null, "", Target.AtMost(0.8));
    }

    private static Target? CostTarget(int subscribers, string peer) => peer switch
    {
        "floor" => Target.AtMost(subscribers < Many ? 1.25 : 1.15),
        "nchan" when subscribers == Many => Target.AtMost(0.7),
        _ => null,
    };
}
