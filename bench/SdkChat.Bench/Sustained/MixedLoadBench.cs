using SdkChat.Bench.Fanout;
using SdkChat.Bench.History;
using SdkChat.Bench.Load;
using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;

namespace SdkChat.Bench.Sustained;

/// <summary>
/// Mixed load at a steady rate for ten minutes (two parts of three seconds with <c>--quick</c>): streams of a hundred tenants, chats that
/// complete in all of them, lists with filters, polls, searches and exports.
/// </summary>
internal sealed class MixedLoadBench : IBench
{
    private const int Tenants = 100;
    private const int Streams = 5_000;
    private const int Completions = 200;
    private const int Lists = 100;
    private const int Polls = 200;

    public string Name => "mixed";

    public bool IsLong => true;

    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        run.Say("mixed: starting");
        // Before the service starts, whose worker would build the search index as well.
        await using var server = await SdkChatServer.StartAsync(
            Tenants, cancellationToken, probe: new RuntimeProbe(), prepare: async (database, tenants) =>
            {
                await new SharedHistoryData(database.ConnectionString)
                    .FillAsync([tenants[0]], [run.Pick(20_000, 500_000)], cancellationToken);
                await new SearchData(database.ConnectionString, run.Say).BuildAsync([tenants[0]], cancellationToken);
            });
        await using var node = await WritingNode.StartAsync(server, cancellationToken);
        await server.Database.SettleAsync(cancellationToken);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 64 });
        client.BaseAddress = new Uri($"http://127.0.0.1:{server.Port}");
        await using var readers = await Readers.OpenAsync(server.Port, server.Requests(Streams), cancellationToken);
        var (lists, polls, searches, exports) = (
            new PacedRequests(client), new PacedRequests(client), new PacedRequests(client), new PacedRequests(client));
        var requests = await MixedRequests.CreateAsync(server, new HistoryData(server.Database.ConnectionString), cancellationToken);

        var (part, parts) = (run.Pick(3, 60), run.Pick(2, 10));
        var (pss, facts, completed, exported) = (new List<double>(), new RuntimeFacts(0, 0, 0, 0, 0), 0, 0L);
        for (var n = 0; n <= parts; n++)
        {
            run.Say($"mixed: part {n} of {parts}");
            // The first is for compilers and pools.
            if (n == 1)
            {
                foreach (var of in new[] { lists, polls, searches, exports })
                    of.Forget();
                (facts, completed, exported) = (await server.Probe.AskAsync(cancellationToken), 0, 0);
                await readers.ForgetAsync(cancellationToken);
            }

            var exporting = exports.RepeatAsync(requests.Exports, part, cancellationToken);
            await Task.WhenAll(
                node.KeepAsync(Completions, part, cancellationToken), lists.RunAsync(requests.Lists, Lists, part, cancellationToken),
                polls.RunAsync(requests.Polls, Polls, part, cancellationToken),
                searches.RepeatAsync(requests.Searches, part, cancellationToken), exporting);
            completed += Completions * part;
            exported += await exporting;
            pss.Add(ProcessCost.PssKb(server.Processes) / 1024);
        }

        var (expected, seconds) = ((long)completed * Streams / Tenants, (double)part * parts);
        await readers.UntilAsync(expected, cancellationToken);
        var (after, report) = (await server.Probe.AskAsync(cancellationToken), await readers.ReportAsync(cancellationToken));
        return
        [
            new BenchRow(Name, $"PSS MB after {seconds + part} s", pss[^1], pss[1], $"{2 * part} s", Target.AtMost(1.1)),
            new BenchRow(
                Name, "% of the time in GC pauses", (after.PausedSeconds - facts.PausedSeconds) / seconds * 100, null, "",
                Target.AtMost(2)),
            new BenchRow(Name, "longest GC pause, ms", after.LongestPauseMs, null, "", null),
            new BenchRow(Name, $"{Lists} lists a second: p99 ms", lists.Quantile(0.99), null, "", Target.AtMost(50)),
            new BenchRow(Name, $"{Lists} lists a second: p50 ms", lists.Quantile(0.5), null, "", null),
            new BenchRow(Name, $"{Polls} polls a second: p99 ms", polls.Quantile(0.99), null, "", null),
            new BenchRow(Name, "searches a second, one after the other", searches.Count / seconds, null, "", null),
            new BenchRow(Name, "searches: p99 ms", searches.Quantile(0.99), null, "", null),
            new BenchRow(Name, "MB a second of an export", exported / seconds / 1024 / 1024, null, "", null),
            new BenchRow(Name, "deliveries a second", report.Delivered / seconds, null, "", null),
            new BenchRow(Name, "events that did not come", expected - report.Delivered, null, "", Target.AtMost(0)),
            new BenchRow(Name, "p99 ms from before the kickoff to the reader", report.P99, null, "", null),
            new BenchRow(Name, "streams lost", report.Lost, null, "", Target.AtMost(0)),
        ];
    }
}
