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

    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(3);

    public string Name => "transitions";

    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        run.Say("transitions: starting");
        await using var server = await SdkChatServer.StartAsync(1, cancellationToken);
        await using var node = await WritingNode.StartAsync(server, cancellationToken);
        await using var readers = await Readers.OpenAsync(server.Port, server.Requests(1), cancellationToken, keepsArrivals: true);
        run.Say("transitions: warming up");
        await node.RunAsync(Writers, run.Pick(2, 8), cancellationToken);
        await server.Database.SettleAsync(cancellationToken);
        run.Say("transitions: 500 a second");
        var (late, commits, readings) = await LateAsync(node, readers, run.Pick(3, 30), cancellationToken);
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round < run.Pick(1, 5); round++)
        {
            run.Say($"transitions: as many as there can be, round {round + 1}");
            ours.Add(await node.RunAsync(Writers, run.Pick(2, 8), cancellationToken));
            if (PgBench.Program is not null)
                theirs.Add(TransitionScript.Transitions * await PgBench.RateAsync(
                    server.Database.ConnectionString, TransitionScript.Create(server.Tenants[0], node.Profile), Writers,
                    TimeSpan.FromSeconds(run.Pick(2, 8)), cancellationToken));
        }

        return
        [
            new BenchRow(Name, "p99 ms to the reader, 500/s", late.Quantile(0.99), null, "", Target.AtMost(20)),
            new BenchRow(Name, "p50 ms to the reader, 500/s", late.Quantile(0.5), null, "", null),
            new BenchRow(Name, "p99 ms until the database had it", commits.Quantile(0.99), null, "", null),
            new BenchRow(Name, "p50 ms until the database had it", commits.Quantile(0.5), null, "", null),
            new BenchRow(Name, "p99 ms from there to the reader", readings.Quantile(0.99), null, "", null),
            new BenchRow(Name, "p50 ms from there to the reader", readings.Quantile(0.5), null, "", null),
            theirs.Count == 0
                ? new BenchRow(Name, "transitions a second", Median.Compute(ours), null, "", null)
                : new BenchRow(Name, "transitions a second", Median.Compute(ours), Median.Compute(theirs), "pgbench", Target.AtLeast(0.5)),
        ];
    }

    /// <returns>
    /// From before the change is written to when a reader has its event; and that in two parts, before and after the commit.
    /// </returns>
    private static async Task<(Histogram Late, Histogram Commits, Histogram Readings)> LateAsync(
        WritingNode node, Readers readers, int seconds, CancellationToken cancellationToken)
    {
        var chats = await node.StartChatsAsync((int)(PerSecond * seconds), cancellationToken);
        // So many kickoffs at once are not what is measured: the service counts them, and the database writes them out.
        await Task.Delay(Calm, cancellationToken);
        await readers.ForgetAsync(cancellationToken);
        var (written, committed) = (new long[chats.Count], new long[chats.Count]);
        var writes = new List<Task>();
        await foreach (var number in Pace.KeepAsync(PerSecond, chats.Count, cancellationToken))
        {
            written[number] = Stopwatch.GetTimestamp();
            writes.Add(CommitAsync(number));
        }

        await Task.WhenAll(writes);
        await readers.UntilAsync(chats.Count, cancellationToken);
        var (late, commits, readings) = (new Histogram(), new Histogram(), new Histogram());
        foreach (var (number, at) in await readers.ArrivalsAsync(cancellationToken))
        {
            late.Add(Stopwatch.GetElapsedTime(written[number], at).TotalMicroseconds);
            // A reader may hear of it before the writer does.
            readings.Add(Math.Max(0, Stopwatch.GetElapsedTime(committed[number], at).TotalMicroseconds));
        }

        for (var i = 0; i < chats.Count; i++)
            commits.Add(Stopwatch.GetElapsedTime(written[i], committed[i]).TotalMicroseconds);
        return late.Count == chats.Count
            ? (late, commits, readings)
            : throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"Of {chats.Count} events {late.Count} came."));

        async Task CommitAsync(int number)
        {
            await node.CompleteAsync(chats[number], cancellationToken);
            committed[number] = Stopwatch.GetTimestamp();
        }
    }
}
