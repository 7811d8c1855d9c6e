using SdkChat.Bench.Servers;

namespace SdkChat.Bench.History;

/// <summary>First pages of searches over HTTP, in four languages, for frequent, rare and absent terms, one character included.</summary>
internal sealed class SearchBench : IBench
{
    private static readonly (string Name, string[] Terms)[] Kinds =
    [
        ("frequent", ["라면", "ramen", "ラーメン", "饺子", "라", "の", "么", "e", "김민수"]),
        ("rare", ["쀍", "quixotic", "鱻", "龘"]),
        ("absent", ["뷁", "zebra", "鑫", "ヷ", "qj"]),
        ("of two words", ["라면 저녁", "ramen vegan", "민수 라면", "饺子 材料"]),
    ];

    public string Name => "search";

    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        int[] sizes = run.Pick<int[]>([50_000], [1_000_000, 5_000_000]);
        await using var server = await SdkChatServer.StartAsync(sizes.Length, cancellationToken);
        using var reader = new PageReader(server.Port);
        var rows = new List<BenchRow>();
        for (var n = 0; n < sizes.Length; n++)
        {
            run.Say($"search: {sizes[n]:N0} chats and their index");
            await new SearchData(server.Database.ConnectionString).FillAsync(server.Tenants[n], sizes[n], cancellationToken);
            await server.Database.SettleAsync(cancellationToken);
            var bound = sizes[n] > 1_000_000 ? 300 : 100;
            foreach (var (kind, terms) in Kinds)
            {
                var pages = terms.Select(term => ($"/api/v1/sdk-chat?q={Uri.EscapeDataString(term)}", Tokens.ForAdmin(server.Tenants[n], n)));
                var slowest = (await reader.PercentilesAsync([.. pages], 0.95, run.Pick(20, 100), cancellationToken)).Max();
                rows.Add(new BenchRow(Name, $"p95 ms, {kind} terms, the slowest, {sizes[n]:N0}", slowest, null, "", Target.AtMost(bound)));
            }
        }

        return rows;
    }
}
