namespace SdkChat.Bench.Report;

/// <summary>The same for the docs.</summary>
internal static class BenchMarkdown
{
    public static void Write(string file, IReadOnlyList<BenchRow> rows) => File.WriteAllLines(
        file,
        [
            "| bench | measure | ours | against | value | ratio | target |  |",
            "|---|---|---|---|---|---|---|---|",
            .. rows.Select(row =>
                $"| {row.Bench} | {row.Measure} | {BenchTable.Number(row.Ours)} | {row.PeerName} | {BenchTable.Number(row.Peer)} | "
                + $"{BenchTable.Number(row.Ratio)} | {row.Target} | {BenchTable.Verdict(row)} |"),
        ]);
}
