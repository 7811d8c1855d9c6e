using SdkChat.Bench.Fanout;
using SdkChat.Bench.History;
using SdkChat.Bench.Load;
using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;

namespace SdkChat.Bench.Sustained;

/// <summary>Everything at once for a while: lists, details, polls, chats that start and complete, and streams that watch them.</summary>
internal sealed class SustainedBench : IBench
{
    private const int Streams = 500;
    private const int Chats = 100_000;
    private const int Clients = 6;
    private const int Writers = 2;

    public string Name => "sustained";

    public bool IsLong => true;

    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        run.Say("sustained: starting");
        await using var server = await SdkChatServer.StartAsync(1, cancellationToken, probe: new RuntimeProbe());
        await using var node = await WritingNode.StartAsync(server, cancellationToken);
        var data = new HistoryData(server.Database.ConnectionString);
        await data.FillAsync(server.Tenants[0], Chats, cancellationToken);
        await server.Database.SettleAsync(cancellationToken);
        using var load = await MixedReader.OpenAsync(server, data, cancellationToken);
        await using var readers = await Readers.OpenAsync(server.Port, server.Requests(Streams), cancellationToken);

        var (part, parts) = (run.Pick(2, 24), 4);
        var pss = new List<double>();
        var (answers, facts) = (0L, new RuntimeFacts(0, 0, 0, 0, 0));
        for (var n = 0; n <= parts; n++)
        {
            run.Say($"sustained: part {n} of {parts}");
            // The first is for compilers and pools.
            if (n == 1)
            {
                (answers, facts) = (0, await server.Probe.AskAsync(cancellationToken));
                await readers.ForgetAsync(cancellationToken);
            }

            var writing = node.RunAsync(Writers, part, cancellationToken);
            answers += await load.RunAsync(Clients, TimeSpan.FromSeconds(part), cancellationToken);
            await writing;
            pss.Add(ProcessCost.PssKb(server.Processes) / 1024);
        }

        var (after, report, seconds) = (
            await server.Probe.AskAsync(cancellationToken), await readers.ReportAsync(cancellationToken), (double)part * parts);
        return
        [
            new BenchRow(Name, $"PSS MB after {seconds} s", pss[^1], pss[0], $"{part} s", Target.AtMost(1.15)),
            new BenchRow(
                Name, "% of the time in GC pauses", (after.PausedSeconds - facts.PausedSeconds) / seconds * 100, null, "",
                Target.AtMost(2)),
            new BenchRow(Name, "longest GC pause, ms", after.LongestPauseMs, null, "", Target.AtMost(50)),
            new BenchRow(
                Name, "full collections a thousand answers", (after.FullCollections - facts.FullCollections) * 1000.0 / answers, null, "",
                null),
            new BenchRow(
                Name, "KB allocated an answer or event",
                (after.Allocated - facts.Allocated) / 1024.0 / (answers + (report.Delivered / Streams)), null, "", null),
            new BenchRow(Name, "lists, details and polls a second", answers / seconds, null, "", null),
            new BenchRow(Name, "deliveries a second beside them", report.Delivered / seconds, null, "", null),
            new BenchRow(Name, "streams lost", report.Lost, null, "", Target.AtMost(0)),
        ];
    }
}
