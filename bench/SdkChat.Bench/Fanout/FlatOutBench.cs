namespace SdkChat.Bench.Fanout;

/// <summary>As many deliveries a second as there can be, to readers that keep up.</summary>
internal sealed class FlatOutBench : IBench
{
    private const int Subscribers = 1000;
    private const int AtOnce = 50;
    private const int UnderWay = 400;

    public string Name => "flatout";

    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        run.Say("flat out: opening");
        await using var contest = await Contest.OpenAsync(Subscribers, cancellationToken);
        var seen = contest.All.ToDictionary(one => one, _ => new List<FlatOut>());
        for (var round = 0; round <= run.Pick(2, 7); round++)
        {
            foreach (var one in contest.All)
            {
                run.Say($"flat out: {one.Server.Name}, round {round}");
                var sample = await one.FlatOutAsync(run.Pick(500, 1000), AtOnce, UnderWay, cancellationToken);
                if (round > 0)
                    seen[one].Add(sample);
            }
        }

        var ours = seen[contest.Ours];
        return
        [
            .. contest.Peers.Select(peer => new BenchRow(
                Name, "deliveries a second", Rate(ours), Rate(seen[peer]), peer.Server.Name, RateTarget(peer.Server.Name))),
            new BenchRow(Name, "lost or out of order", ours.Sum(sample => sample.Missing + sample.Report.Gaps), null, "", Target.AtMost(0)),
            new BenchRow(Name, "load generator, cores", ours.Max(sample => sample.Report.CpuSeconds / sample.Report.Seconds), null, "", null),
        ];
    }

    private static double Rate(IEnumerable<FlatOut> samples) => Median.Of(samples.Select(sample => sample.PerSecond));

    private static Target? RateTarget(string peer) => peer switch { "floor" => Target.AtLeast(1), "nchan" => Target.AtLeast(1.5), _ => null };
}
