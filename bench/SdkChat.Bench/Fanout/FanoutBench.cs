namespace SdkChat.Bench.Fanout;

/// <summary>One tenant's events to all who watch: as many as there can be, and ten a second to 1,000 and to 5,000.</summary>
internal sealed class FanoutBench : IBench
{
    private const double PerSecond = 10;
    private const int Few = 1000;
    private const int Many = 5000;
    private const int AtOnce = 50;
    private const int UnderWay = 400;

    public string Name => "fanout";

    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        run.Say("fan-out: starting the servers");
        await using var comparison = await Comparison.StartAsync(cancellationToken);
        await comparison.OpenAsync(Few, cancellationToken);
        // Compilers that work while a server runs have settled before anything counts.
        await comparison.RunAsync(
            run.Pick(1, 3), (one, round) => ShowAsync("warming up", one, round, one.SteadyAsync(50, 100, cancellationToken)));
        var flatOut = await comparison.RunAsync(
            run.Pick(1, 5),
            (one, round) => ShowAsync("flat out", one, round, one.FlatOutAsync(run.Pick(300, 1000), AtOnce, UnderWay, cancellationToken)));
        IEnumerable<BenchRow> few = [];
        // A quick run has 5,000 readers alone.
        if (run.Pick(0, 6) is > 0 and var rounds)
            few = Steady(await SteadyAsync("1,000 readers", rounds), "1,000 readers", 1.25, null);
        await comparison.OpenAsync(Many, cancellationToken);
        var many = await SteadyAsync("5,000 readers", run.Pick(1, 6));
        return [.. FlatOut(flatOut), .. few, .. Steady(many, "5,000 readers", 1.15, 0.7)];

        Task<ComparisonResults> SteadyAsync(string what, int rounds) => comparison.RunAsync(
            rounds, (one, round) => ShowAsync(what, one, round, one.SteadyAsync(PerSecond, run.Pick(15, 40), cancellationToken)));

        Task<Window> ShowAsync(string what, MeasuredServer one, int round, Task<Window> window)
        {
            run.Say($"fan-out, {what}: {one.Server.Name}, round {round}");
            return window;
        }
    }

    private static IEnumerable<BenchRow> FlatOut(ComparisonResults results) =>
    [
        .. results.Compare("flat out", "deliveries a second", window => window.PerSecond, peer => peer switch
        {
            "floor" => Target.AtLeast(1),
            "nchan" => Target.AtLeast(1.5),
            _ => null,
        }),
        results.Wrong("flat out"),
    ];

    private static IEnumerable<BenchRow> Steady(ComparisonResults results, string name, double ofFloor, double? ofNchan) =>
    [
        .. results.Compare(name, "CPU µs a delivery", window => window.Cost, peer => peer switch
        {
            "floor" => Target.AtMost(ofFloor),
            "nchan" when ofNchan is { } bound => Target.AtMost(bound),
            _ => null,
        }),
        .. results.Compare(
            name, "p99 ms to the reader", window => window.Report.P99,
            peer => peer == "nchan" && ofNchan is not null ? Target.AtMost(1) : null),
        results.Wrong(name),
        results.Load(name),
    ];
}
