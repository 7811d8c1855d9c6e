using SdkChat.Bench.Load;
using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;

namespace SdkChat.Bench.Fanout;

/// <summary>
/// Many streams of many tenants that mostly wait: what one costs to open, to keep, and to leave, and what they add to an event.
/// </summary>
internal sealed class StreamsBench : IBench
{
    private const int FewTenants = 100;

    public string Name => "streams";

    public bool IsLong => true;

    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        var tenants = run.Pick(3000, 10_000);
        return [.. await LifeAsync(run, tenants, cancellationToken), await EventAsync(run, tenants, cancellationToken)];
    }

    private async Task<IReadOnlyList<BenchRow>> LifeAsync(BenchRun run, int tenants, CancellationToken cancellationToken)
    {
        run.Say("streams: starting");
        var (streams, pingSeconds) = (tenants * 3 / 2, run.Pick(6, 25));
        await using var server = await SdkChatServer.StartAsync(tenants, cancellationToken, pingSeconds);
        // Twice: what a process needs once, such as its pools and its compiled code, it has after that.
        for (var i = 0; i < 2; i++)
            await using (await Readers.OpenAsync(server.Port, server.Requests(streams), cancellationToken))
                run.Say("streams: coming and going");
        var empty = await SettledPssAsync(server, cancellationToken);

        run.Say($"streams: opening {streams}");
        var before = Cpu(server);
        var readers = await Readers.OpenAsync(server.Port, server.Requests(streams), cancellationToken, countsPings: true);
        var opening = (Cpu(server) - before) * 1e6 / streams;
        var full = await SettledPssAsync(server, cancellationToken);
        run.Say("streams: idle, with pings");
        // Each stream pings once in that time, whenever it was opened.
        var (idle, pings) = await IdleAsync(server, readers, pingSeconds, cancellationToken);
        await readers.DisposeAsync();
        run.Say("streams: after they left");
        var left = await SettledPssAsync(server, cancellationToken);
        return
        [
            new BenchRow(Name, "CPU µs to open one", opening, null, "", Target.AtMost(300)),
            new BenchRow(Name, "PSS KB of an idle one", (full - empty) / streams, null, "", Target.AtMost(7)),
            new BenchRow(Name, "PSS MB after they left", left / 1024, empty / 1024, "before", Target.AtMost(1.1)),
            // Each stream's pings follow its own ready: they come no denser than the streams came.
            new BenchRow(Name, "most pings in 0.1 s", pings.BusiestTenth, pings.MostOpened, "openings", Target.AtMost(1.25)),
            new BenchRow(Name, $"CPU % with {streams} open", idle * 100, null, "", null),
        ];
    }

    private async Task<BenchRow> EventAsync(BenchRun run, int tenants, CancellationToken cancellationToken)
    {
        run.Say($"streams: events for {FewTenants} and for {tenants} tenants, in turn");
        await using var cost = await EventCost.StartAsync([FewTenants, tenants], cancellationToken);
        var costs = await cost.MeasureAsync(run.Pick(2, 4), run.Pick(100, 500), cancellationToken);
        return new BenchRow(Name, $"CPU µs an event, {tenants} tenants", costs[1], costs[0], $"{FewTenants} tenants", Target.AtMost(1.25));
    }

    private static async Task<(double Cores, LoadReport Report)> IdleAsync(
        SdkChatServer server, Readers readers, int seconds, CancellationToken cancellationToken)
    {
        await readers.ForgetAsync(cancellationToken);
        var before = Cpu(server);
        await Task.Delay(TimeSpan.FromSeconds(seconds), cancellationToken);
        var report = await readers.ReportAsync(cancellationToken);
        return ((Cpu(server) - before) / report.Seconds, report);
    }

    /// <summary>
    /// Once it no longer changes, as it does for a while after much has happened: the service waits until it is calm before it gives memory
    /// back.
    /// </summary>
    private static async Task<double> SettledPssAsync(SdkChatServer server, CancellationToken cancellationToken)
    {
        var seen = new List<double>();
        do
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
            seen.Add(ProcessCost.PssKb(server.Processes));
        }
        while (seen.Count < 4 || (seen.Count < 20 && seen[^4..].Max() > 1.01 * seen[^4..].Min()));
        return seen[^1];
    }

    private static double Cpu(SdkChatServer server) => ProcessCost.CpuSeconds(server.Processes);
}
