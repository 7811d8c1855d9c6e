namespace SdkChat.Bench.Fanout;

/// <summary>What the windows of a comparison have shown, by server.</summary>
internal sealed record ComparisonResults(string Ours, IReadOnlyDictionary<string, List<Window>> Windows)
{
    /// <summary>One line a peer, of the windows' medians.</summary>
    public IEnumerable<BenchRow> Compare(string bench, string measure, Func<Window, double> value, Func<string, Target?> target) =>
        from peer in Windows.Keys
        where peer != Ours
        select new BenchRow(bench, measure, Median(Ours, value), Median(peer, value), peer, target(peer));

    public BenchRow Wrong(string bench) =>
        new(bench, "lost or out of order", Windows[Ours].Sum(window => window.Wrong), null, "", Target.AtMost(0));

    /// <summary>Near 1 the load generator would be what is measured.</summary>
    public BenchRow Load(string bench) =>
        new(bench, "load generator, cores", Windows[Ours].Max(window => window.LoadCores), null, "", Target.AtMost(0.8));

    private double Median(string server, Func<Window, double> value) => Measuring.Median.Compute(Windows[server].Select(value));
}
