using System.Diagnostics;
using System.Globalization;
using SdkChat.Bench.Load;
using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;

namespace SdkChat.Bench.Fanout;

/// <summary>From a chat's change to the reader's socket, and how many changes there can be.</summary>
internal sealed class TransitionBench : IBench
{
    private const double PerSecond = 500;
    private const int Writers = 8;

    public string Name => "transitions";

    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        run.Say("transitions: starting");
        await using var server = await SdkChatServer.StartAsync(1, cancellationToken);
        await using var node = await WritingNode.StartAsync(server, cancellationToken);
        await using var readers = await Readers.OpenAsync(server.Port, server.Requests(1), cancellationToken, keepsArrivals: true);
        run.Say("transitions: warming up");
        await node.RunAsync(Writers, run.Pick(2, 8), cancellationToken);
        run.Say("transitions: 500 a second");
        var late = await LateAsync(node, readers, run.Pick(5, 30), cancellationToken);
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round < run.Pick(2, 5); round++)
        {
            run.Say($"transitions: as many as there can be, round {round + 1}");
            ours.Add(await node.RunAsync(Writers, run.Pick(3, 8), cancellationToken));
            if (PgBench.Program is not null)
                theirs.Add(TransitionScript.Transitions * await PgBench.RateAsync(
                    server.Database.ConnectionString, TransitionScript.Of(server.Tenants[0], node.Profile), Writers, TimeSpan.FromSeconds(run.Pick(3, 8)), cancellationToken));
        }

        return
        [
            new BenchRow(Name, "p99 ms to the reader, 500/s", late.Quantile(0.99), null, "", Target.AtMost(20)),
            new BenchRow(Name, "p50 ms to the reader, 500/s", late.Quantile(0.5), null, "", null),
            theirs.Count == 0
                ? new BenchRow(Name, "transitions a second", Median.Of(ours), null, "", null)
                : new BenchRow(Name, "transitions a second", Median.Of(ours), Median.Of(theirs), "pgbench", Target.AtLeast(0.5)),
        ];
    }

    /// <returns>From before the change is written to when a reader has its event.</returns>
    private static async Task<Histogram> LateAsync(WritingNode node, Readers readers, int seconds, CancellationToken cancellationToken)
    {
        var chats = await node.StartChatsAsync((int)(PerSecond * seconds), cancellationToken);
        await readers.ForgetAsync(cancellationToken);
        var written = new long[chats.Count];
        var started = Stopwatch.GetTimestamp();
        var writes = new List<Task>();
        for (var i = 0; i < chats.Count; i++)
        {
            var due = TimeSpan.FromSeconds(i / PerSecond) - Stopwatch.GetElapsedTime(started);
            if (due > TimeSpan.Zero)
                await Task.Delay(due, cancellationToken);
            written[i] = Stopwatch.GetTimestamp();
            writes.Add(node.CompleteAsync(chats[i], cancellationToken));
        }

        await Task.WhenAll(writes);
        await readers.UntilAsync(chats.Count, cancellationToken);
        var late = new Histogram();
        foreach (var (number, at) in await readers.ArrivalsAsync(cancellationToken))
            late.Add(Stopwatch.GetElapsedTime(written[number], at).TotalMicroseconds);
        return late.Count == chats.Count
            ? late
            : throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Of {chats.Count} events {late.Count} came."));
    }
}
