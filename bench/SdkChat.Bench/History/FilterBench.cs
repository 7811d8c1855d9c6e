using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;

namespace SdkChat.Bench.History;

/// <summary>Filtered pages, counts and statistics of tenants of different sizes, over HTTP, against the unfiltered first page.</summary>
internal sealed class FilterBench : IBench
{
    private const string List = "/api/v1/sdk-chat";

    /// <summary>What is asked, and how many times the unfiltered first page it may take.</summary>
    private static readonly (string Name, string Query, double Bound)[] Cases =
    [
        ("status=error", "?status=error", 3),
        ("status=completed", "?status=completed", 3),
        ("status=in_progress", "?status=in_progress", 3),
        ("triggered=true", "?triggered=true", 3),
        ("triggered=false", "?triggered=false", 3),
        ("a month", "?from=2026-02-01&to=2026-03-01", 3),
        ("a month's errors, page 9", "?from=2026-02-01&to=2026-03-01&status=error&page=9", 3),
        ("counts", "/counts", 5),
        ("counts of a month", "/counts?from=2026-02-01&to=2026-03-01", 5),
        ("statistics of 28 days", "/stats?from=2026-02-01&to=2026-03-01&tz=Asia/Tokyo", 5),
        ("statistics of 400 hours", "/stats?from=2026-02-01T00:00:00Z&to=2026-02-17T16:00:00Z&bucket=hour", 5),
        ("statistics of 400 days", "/stats?from=2025-06-01&to=2026-07-06&tz=Asia/Kathmandu", 5),
        ("statistics of 400 weeks", "/stats?from=2018-11-05&to=2026-07-06&bucket=week&tz=Asia/Tokyo", 5),
    ];

    public string Name => "filters";

    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        int[] sizes = run.Pick<int[]>([10_000, 200_000], [10_000, 1_000_000, 5_000_000]);
        await using var server = await SdkChatServer.StartAsync(sizes.Length, cancellationToken, probe: new RuntimeProbe());
        var data = new HistoryData(server.Database.ConnectionString);
        for (var n = 0; n < sizes.Length; n++)
        {
            run.Say($"filters: {sizes[n]:N0} chats");
            await data.FillAsync(server.Tenants[n], sizes[n], cancellationToken, finished: true);
        }

        run.Say("filters: counting");
        await HistoryBench.CountAsync(server.Database, cancellationToken);
        using var reader = new PageReader(server.Port);
        var rows = new List<BenchRow>();
        for (var n = 0; n < sizes.Length; n++)
        {
            run.Say($"filters: pages of {sizes[n]:N0} chats");
            var token = Tokens.ForAdmin(server.Tenants[n], n);
            var medians = await reader.MediansAsync(
                [(List, token), .. Cases.Select(one => (List + one.Query, token))], run.Pick(60, 500), cancellationToken);
            rows.AddRange(Cases.Select((one, m) =>
                new BenchRow(Name, $"p50 ms, {one.Name}, {sizes[n]:N0}", medians[m + 1], medians[0], "unfiltered first page", Target.AtMost(one.Bound))));
        }

        return rows;
    }
}
