using System.Diagnostics;
using SdkChat.Bench.Load;
using SdkChat.Bench.Measuring;
using SdkChat.Bench.Servers;

namespace SdkChat.Bench.Fanout;

/// <summary>A server with its readers, measured a window at a time.</summary>
internal sealed class MeasuredServer(IServer server) : IAsyncDisposable
{
    private int _next;
    private Readers? _readers;

    public IServer Server => server;

    public Readers Readers => _readers ?? throw new InvalidOperationException("Nobody reads.");

    public async Task OpenAsync(int subscribers, CancellationToken cancellationToken)
    {
        if (_readers is not null)
            await _readers.DisposeAsync();
        _readers = await Readers.OpenAsync(server.Port, server.Requests(subscribers), cancellationToken);
    }

    /// <summary>Publishes at a steady pace, one event at a time.</summary>
    public Task<Window> SteadyAsync(double perSecond, int events, CancellationToken cancellationToken) => WindowAsync(
        events,
        async () =>
        {
            await foreach (var _ in Pace.KeepAsync(perSecond, events, cancellationToken))
                await server.PublishAsync(_next++, 1, cancellationToken);
        },
        cancellationToken);

    /// <summary>Publishes as fast as the server takes it, with a bounded number of events under way.</summary>
    public Task<Window> FlatOutAsync(int events, int atOnce, int underWay, CancellationToken cancellationToken) => WindowAsync(
        events,
        async () =>
        {
            for (var published = 0; published < events; published += atOnce)
            {
                await server.PublishAsync(_next, atOnce, cancellationToken);
                _next += atOnce;
                while (published + atOnce - (await Readers.DeliveredAsync(cancellationToken) / Readers.Count) > underWay)
                    await Task.Yield();
            }
        },
        cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_readers is not null)
            await _readers.DisposeAsync();
        await server.DisposeAsync();
    }

    private async Task<Window> WindowAsync(int events, Func<Task> publish, CancellationToken cancellationToken)
    {
        await Readers.ForgetAsync(cancellationToken);
        var processes = server.Processes;
        var before = ProcessCost.CpuSeconds(processes);
        var started = Stopwatch.GetTimestamp();
        await publish();
        await Readers.UntilAsync((long)events * Readers.Count, cancellationToken);
        var report = await Readers.ReportAsync(cancellationToken);
        return new Window(
            (ProcessCost.CpuSeconds(processes) - before) * 1e6 / report.Delivered,
            report.Delivered / Stopwatch.GetElapsedTime(started, report.LastAt).TotalSeconds,
            ((long)events * Readers.Count) - report.Delivered + report.Gaps,
            report);
    }
}
