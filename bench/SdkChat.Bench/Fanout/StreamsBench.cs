using SdkChat.Bench.Load;
using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;

namespace SdkChat.Bench.Fanout;

/// <summary>Many streams of many tenants that mostly wait: what one costs to open, to keep, and to leave.</summary>
internal sealed class StreamsBench : IBench
{
    private const int FewTenants = 100;
    private const double PerSecond = 100;

    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(3);

    private int _next;

    private int Tenants { get; set; }

    private int Streams => Tenants * 3 / 2;

    public string Name => "streams";

    public async Task<IReadOnlyList<BenchRow>> RunAsync(BenchRun run, CancellationToken cancellationToken)
    {
        run.Say("streams: starting");
        Tenants = run.Pick(3000, 10_000);
        await using var server = await SdkChatServer.StartAsync(Tenants, cancellationToken, run.Pick(8, 25));
        var few = await FewAsync(run, server, cancellationToken);
        await ComeAndGoAsync(server, cancellationToken);
        var empty = await SettledPssAsync(server, cancellationToken);

        run.Say($"streams: opening {Streams}");
        var before = Cpu(server);
        var readers = await Readers.OpenAsync(server.Port, server.Requests(Streams), cancellationToken, countsPings: true);
        var opening = (Cpu(server) - before) * 1e6 / Streams;
        var full = await SettledPssAsync(server, cancellationToken);
        run.Say("streams: idle, with pings");
        var (idle, pings) = await IdleAsync(server, readers, run.Pick(8, 50), cancellationToken);
        run.Say("streams: events for all tenants");
        var many = await EventCostAsync(server, readers, idle, Tenants, run, cancellationToken);
        await readers.DisposeAsync();
        run.Say("streams: after they left");
        var left = await SettledPssAsync(server, cancellationToken);
        return
        [
            new BenchRow(Name, "CPU µs to open one", opening, null, "", Target.AtMost(300)),
            new BenchRow(Name, "PSS KB of an idle one", (full - empty) / Streams, null, "", Target.AtMost(7)),
            new BenchRow(Name, "PSS MB after they left", left / 1024, empty / 1024, "before", Target.AtMost(1.1)),
            new BenchRow(Name, $"CPU µs an event, {Tenants} tenants", many, few, "100 tenants", Target.AtMost(1.25)),
            // Each stream's pings follow its own ready: they come no denser than the streams came.
            new BenchRow(Name, "most pings in 0.1 s", pings.BusiestTenth, pings.MostOpened, "openings", Target.AtMost(1.25)),
            new BenchRow(Name, $"CPU % with {Streams} open", idle * 100, null, "", null),
        ];
    }

    /// <summary>As many streams a tenant, of a hundredth of the tenants.</summary>
    private async Task<double> FewAsync(BenchRun run, SdkChatServer server, CancellationToken cancellationToken)
    {
        run.Say("streams: events for 100 tenants");
        var requests = server.Requests(Streams).Where((_, index) => index % Tenants < FewTenants).ToArray();
        await using var readers = await Readers.OpenAsync(server.Port, requests, cancellationToken);
        for (var warmUp = 0; warmUp < run.Pick(1, 2); warmUp++)
            await EventCostAsync(server, readers, 0, FewTenants, run, cancellationToken);
        await Task.Delay(Calm, cancellationToken);
        var (idle, _) = await IdleAsync(server, readers, 3, cancellationToken);
        return await EventCostAsync(server, readers, idle, FewTenants, run, cancellationToken);
    }

    /// <summary>What a process needs once, such as its pools, it has after this.</summary>
    private async Task ComeAndGoAsync(SdkChatServer server, CancellationToken cancellationToken)
    {
        await using var readers = await Readers.OpenAsync(server.Port, server.Requests(Streams), cancellationToken);
    }

    private static async Task<(double Cores, LoadReport Report)> IdleAsync(SdkChatServer server, Readers readers, int seconds, CancellationToken cancellationToken)
    {
        await readers.ForgetAsync(cancellationToken);
        var before = Cpu(server);
        await Task.Delay(TimeSpan.FromSeconds(seconds), cancellationToken);
        var report = await readers.ReportAsync(cancellationToken);
        return ((Cpu(server) - before) / report.Seconds, report);
    }

    /// <returns>CPU microseconds an event, beyond what the process costs without any.</returns>
    private async Task<double> EventCostAsync(
        SdkChatServer server, Readers readers, double idle, int tenants, BenchRun run, CancellationToken cancellationToken)
    {
        var events = run.Pick(300, 1000);
        var started = TimeProvider.System.GetTimestamp();
        var before = Cpu(server);
        for (var i = 0; i < events; i++)
        {
            var due = TimeSpan.FromSeconds(i / PerSecond) - TimeProvider.System.GetElapsedTime(started);
            if (due > TimeSpan.Zero)
                await Task.Delay(due, cancellationToken);
            // Spread over the tenants that have readers; the number decides the tenant.
            await server.PublishAsync((int)((long)_next++ * 7919 % tenants), 1, cancellationToken);
        }

        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        return (Cpu(server) - before - (idle * seconds)) * 1e6 / events;
    }

    /// <summary>Once it no longer changes, as it does for a while after much has happened: the service waits until it is calm before it gives memory back.</summary>
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
