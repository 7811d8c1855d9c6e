using System.Diagnostics;
using SdkChat.Bench.Load;
using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;

namespace SdkChat.Bench.Fanout;

/// <summary>A server with its readers, measured a window at a time.</summary>
internal sealed class Contestant(IServer server, Readers readers) : IAsyncDisposable
{
    private int _next;

    public IServer Server => server;

    public Readers Readers => readers;

    public List<Sample> Samples { get; } = [];

    /// <summary>Microseconds of CPU a delivery.</summary>
    public double Cost => Median.Of(Samples.Select(sample => sample.Cost));

    /// <summary>Milliseconds from publishing to reading.</summary>
    public double P99 => Median.Of(Samples.Select(sample => sample.Report.P99));

    public static async Task<Contestant> OpenAsync(IServer server, int subscribers, CancellationToken cancellationToken) =>
        new(server, await Readers.OpenAsync(server.Port, server.Requests(subscribers), cancellationToken));

    /// <summary>Publishes at a steady pace, and keeps what it has cost.</summary>
    public async Task SteadyAsync(double perSecond, int events, CancellationToken cancellationToken)
    {
        await readers.ForgetAsync(cancellationToken);
        var processes = server.Processes;
        var before = ProcessCost.CpuSeconds(processes);
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < events; i++)
        {
            var due = TimeSpan.FromSeconds(i / perSecond) - Stopwatch.GetElapsedTime(started);
            if (due > TimeSpan.Zero)
                await Task.Delay(due, cancellationToken);
            await server.PublishAsync(_next++, 1, cancellationToken);
        }

        await readers.UntilAsync((long)events * readers.Count, cancellationToken);
        var cpu = ProcessCost.CpuSeconds(processes) - before;
        var report = await readers.ReportAsync(cancellationToken);
        Samples.Add(new Sample(cpu * 1e6 / report.Delivered, report, (long)events * readers.Count));
    }

    /// <summary>Publishes as fast as the server takes it, with a bounded number of events under way.</summary>
    /// <returns>Deliveries a second.</returns>
    public async Task<FlatOut> FlatOutAsync(int events, int atOnce, int underWay, CancellationToken cancellationToken)
    {
        await readers.ForgetAsync(cancellationToken);
        var processes = server.Processes;
        var before = ProcessCost.CpuSeconds(processes);
        var started = Stopwatch.GetTimestamp();
        for (var published = 0; published < events; published += atOnce)
        {
            await server.PublishAsync(_next, atOnce, cancellationToken);
            _next += atOnce;
            while (published + atOnce - (await readers.DeliveredAsync(cancellationToken) / readers.Count) > underWay)
                await Task.Yield();
        }

        await readers.UntilAsync((long)events * readers.Count, cancellationToken);
        var report = await readers.ReportAsync(cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(started, report.LastAt).TotalSeconds;
        return new FlatOut(
            report.Delivered / seconds, (ProcessCost.CpuSeconds(processes) - before) * 1e6 / report.Delivered, report, ((long)events * readers.Count) - report.Delivered);
    }

    public async ValueTask DisposeAsync()
    {
        await readers.DisposeAsync();
        await server.DisposeAsync();
    }
}

/// <summary>What one window has shown.</summary>
/// <param name="Cost">Microseconds of CPU a delivery.</param>
internal sealed record Sample(double Cost, LoadReport Report, long Expected)
{
    public long Missing => Expected - Report.Delivered;
}

/// <summary>What a window without a pause has shown.</summary>
internal sealed record FlatOut(double PerSecond, double Cost, LoadReport Report, long Missing);
