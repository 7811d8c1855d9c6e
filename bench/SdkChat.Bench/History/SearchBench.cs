using SdkChat.Bench.Servers;

namespace SdkChat.Bench.History;

/// <summary>First pages of searches over HTTP, in four languages, for frequent, rare and absent terms, one character included.</summary>
internal sealed class SearchBench : IBench
{
    private static readonly (string Name, string[] Terms)[] Kinds =
    [
        ("frequent", ["라면", "ramen", "ラーメン", "饺子", "김민수"]),
        ("frequent of one character", ["라", "の", "么", "e"]),
        ("rare", ["쀍", "quixotic", "鱻", "龘"]),
        ("absent", ["뷁", "zebra", "鑫", "ヷ", "qj"]),
        ("of two words", ["라면 저녁", "ramen vegan", "민수 라면", "饺子 材料"]),
    ];

    public string Name => "search";

    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var (server, sizes) = (await run.History.GetAsync(run, cancellationToken, isSearched: true), run.History.Sizes);
        using var reader = new PageReader(server.Port);
        var rows = new List<BenchRow>();
        for (var n = 1; n < sizes.Count; n++)
        {
            run.Say($"search: {sizes[n]:N0} chats");
            var bound = sizes[n] > 1_000_000 ? 300 : 100;
            foreach (var (kind, terms) in Kinds)
            {
                var pages = terms.Select(
                    term => ($"/api/v1/sdk-chat?q={Uri.EscapeDataString(term)}", Tokens.ForAdmin(server.Tenants[n], n)));
                var slowest = (await reader.PercentilesAsync([.. pages], 0.95, run.Pick(10, 100), cancellationToken)).Max();
                rows.Add(new BenchRow(Name, $"p95 ms, {kind}, the slowest term, {sizes[n]:N0}", slowest, null, "", Target.AtMost(bound)));
            }
        }

        return rows;
    }
}
