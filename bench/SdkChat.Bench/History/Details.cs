using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;

namespace SdkChat.Bench.History;

/// <summary>A detail with a large result, beside a server that does nothing but send as many bytes from its memory.</summary>
internal sealed class Details(SdkChatServer server)
{
    private const string Bench = "history";
    private const string Peer = "from memory";
    private const int Clients = 16;

    public async Task<IReadOnlyList<BenchRow>> MeasureAsync(string path, BenchRun run, CancellationToken cancellationToken)
    {
        var token = Tokens.ForAdmin(server.Tenants[0], 1);
        await using var plain = await ModeServer.PlainAsync(cancellationToken, new RuntimeProbe());
        using var ours = new PageReader(server.Port);
        using var theirs = new PageReader(plain.Port);
        var bytes = $"/bytes/{await ours.LengthAsync(path, token, cancellationToken)}";
        var (own, other) = (new List<Cost>(), new List<Cost>());
        for (var round = 0; round <= run.Pick(2, 4); round++)
        {
            own.Add(await CostAsync(ours, path, server.Processes, server.Probe));
            other.Add(await CostAsync(theirs, bytes, plain.Processes, plain.Probe));
        }

        // The first round is for the compilers.
        return
        [
            Row("CPU µs a detail of 100 KB", cost => cost.CpuMicroseconds),
            Row("KB allocated a detail of 100 KB", cost => cost.AllocatedKb),
            Row("details of 100 KB a second", cost => cost.PerSecond),
        ];

        async Task<Cost> CostAsync(PageReader reader, string what, IReadOnlyList<int> processes, RuntimeProbe probe)
        {
            var duration = TimeSpan.FromSeconds(run.Pick(1, 3));
            var (cpu, facts, started) = (ProcessCost.CpuSeconds(processes), await probe.AskAsync(cancellationToken), TimeProvider.System.GetTimestamp());
            var rate = await reader.RateAsync(what, token, Clients, duration, cancellationToken);
            var requests = rate * TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            return new Cost(
                (ProcessCost.CpuSeconds(processes) - cpu) * 1e6 / requests,
                ((await probe.AskAsync(cancellationToken)).Allocated - facts.Allocated) / 1024 / requests,
                rate);
        }

        BenchRow Row(string measure, Func<Cost, double> value) =>
            new(Bench, measure, Median.Of(own.Skip(1).Select(value)), Median.Of(other.Skip(1).Select(value)), Peer, null);
    }

    private sealed record Cost(double CpuMicroseconds, double AllocatedKb, double PerSecond);
}
