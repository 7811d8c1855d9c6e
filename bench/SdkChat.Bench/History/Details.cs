using SdkChat.Bench.Load;
using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;

namespace SdkChat.Bench.History;

/// <summary>A detail with a large result, beside a server that does nothing but send as many bytes from its memory.</summary>
internal sealed class Details(SdkChatServer server, Guid tenant)
{
    private const string Bench = "history";
    private const string Peer = "from memory";
    private const int Clients = 16;

    public async Task<IReadOnlyList<BenchRow>> MeasureAsync(string path, BenchRun run, CancellationToken cancellationToken)
    {
        if (!Wrk.IsInstalled)
            return [];

        var (token, duration) = (Tokens.ForAdmin(tenant, 1), TimeSpan.FromSeconds(run.Pick(1, 3)));
        await using var plain = await ModeServer.PlainAsync(cancellationToken, new RuntimeProbe());
        using var reader = new PageReader(server.Port);
        var bytes = $"/bytes/{await reader.LengthAsync(path, token, cancellationToken)}";
        var (ours, theirs) = (new List<RequestCost>(), new List<RequestCost>());
        for (var round = 0; round <= run.Pick(1, 3); round++)
        {
            ours.Add(
                await RequestCost.MeasureAsync(
                    server.Port, [path], token, Clients, duration, server.Processes, server.Probe, cancellationToken));
            theirs.Add(
                await RequestCost.MeasureAsync(
                    plain.Port, [bytes], token, Clients, duration, plain.Processes, plain.Probe, cancellationToken));
        }

        return
        [
            Row("CPU µs a detail of 100 KB", cost => cost.CpuMicroseconds),
            Row("KB allocated a detail of 100 KB", cost => cost.AllocatedKb),
            Row("details of 100 KB a second", cost => cost.PerSecond, Target.AtLeast(0.6)),
        ];

        // The first round is for the compilers.
        BenchRow Row(string measure, Func<RequestCost, double> value, Target? target = null) =>
            new(Bench, measure, Median.Compute(ours.Skip(1).Select(value)), Median.Compute(theirs.Skip(1).Select(value)), Peer, target);
    }
}
