using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Live;

namespace SdkChat.Infrastructure.Live.Sse;

/// <summary>
/// Ends this node's streams when it stops, spread over the drain. Meanwhile requests are answered and events are delivered, and a new
/// stream gets <c>retry</c>. By the time its client reconnects, the load balancer has seen that the node is not ready.
/// </summary>
internal sealed partial class StreamDrain(SseHub hub, StopCause cause, TimeProvider clock, ILogger<StreamDrain> logger)
    : IHostedLifecycleService
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        hub.Close();
        try
        {
            if (cause.Drain > TimeSpan.Zero)
                await SpreadAsync(hub.Streams().ToArray(), cause.Drain, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            CutShort();
        }

        hub.EndAll(StreamEndReason.Shutdown);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task SpreadAsync(SseSubscriber[] streams, TimeSpan drain, CancellationToken cancellationToken)
    {
        Draining(streams.Length, drain.TotalSeconds);
        // Neighbours in the hub belong to one tenant, whose streams should not all end together.
        Random.Shared.Shuffle(streams);
        var started = clock.GetTimestamp();
        using var timer = new PeriodicTimer(Step, clock);
        for (var ended = 0; ended < streams.Length && await timer.WaitForNextTickAsync(cancellationToken);)
        {
            var due = Math.Min(streams.Length, (int)Math.Ceiling(streams.Length * (clock.GetElapsedTime(started) / drain)));
            for (; ended < due; ended++)
                streams[ended].End(StreamEndReason.Shutdown);
        }
    }

    [LoggerMessage(1011, LogLevel.Information, "Stopping: {Count} streams end over {Seconds} s")]
    private partial void Draining(int count, double seconds);

    [LoggerMessage(1012, LogLevel.Warning, "The drain was cut short: the rest of the streams end at once")]
    private partial void CutShort();
}
