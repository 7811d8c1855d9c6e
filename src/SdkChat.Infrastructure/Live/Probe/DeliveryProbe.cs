using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Live;
using SdkChat.Infrastructure.Live.Feed;
using SdkChat.Infrastructure.Live.Sse;
using SdkChat.Infrastructure.Nodes;

namespace SdkChat.Infrastructure.Live.Probe;

/// <summary>
/// Stores a probe in the outbox at an interval and waits for it on the node's own stream. This tests the outbox, the feed or relay, and the
/// hub in the same way as an event. Other nodes get no notification of it; they read it with their next poll and ignore it.
/// </summary>
internal sealed partial class DeliveryProbe(
    ThisNode node,
    FeedConnections connections,
    FeedSchedule feed,
    SseHub hub,
    ProbeStatus status,
    LiveMetrics metrics,
    IOptions<LiveOptions> options,
    TimeProvider clock,
    ILogger<DeliveryProbe> logger) : BackgroundService
{
    /// <summary>The interval while the node is not ready.</summary>
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();

    /// <summary>The probe that has not arrived yet, as the stream will send it, and when it was stored.</summary>
    private (ReadOnlyMemory<byte> Frame, long SentAt)? _pending;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var interval = TimeSpan.FromSeconds(options.Value.ProbeSeconds);
        if (interval == TimeSpan.Zero)
            return;

        var (stream, receiving) = Open();
        var sending = Task.CompletedTask;
        while (!stoppingToken.IsCancellationRequested)
        {
            // The stream can end like any other: a process that was suspended for a while is too slow for its own probes.
            if (receiving.IsCompleted)
                (stream, receiving) = Open();
            // A probe that cannot be stored counts as missing as well.
            if (sending.IsCompleted)
                sending = TrySendAsync(stoppingToken);
            await Task.Delay(Pause(interval), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // A missing probe means nothing while the node stops.
            if (!stoppingToken.IsCancellationRequested)
                CheckPending();
        }

        await sending;
        stream.End(StreamEndReason.Shutdown);
        await receiving;
    }

    private (SseSubscriber Stream, Task Receiving) Open()
    {
        var stream = hub.OpenForProbes();
        return (stream, ReceiveAsync(stream));
    }

    private TimeSpan Pause(TimeSpan interval) =>
        status.IsFailing && interval > RetryInterval ? RetryInterval : interval * (0.8 + (0.4 * Random.Shared.NextDouble()));

    private async Task TrySendAsync(CancellationToken cancellationToken)
    {
        var probe = new ProbeMessage(node.Id, Guid.NewGuid());
        lock (_gate)
            _pending = (SseFrameFactory.Probe(probe).ToArray(), clock.GetTimestamp());
        try
        {
            var row = new { tenant = ProbeMessage.Tenant.Value, node = probe.Node, probe = probe.Number };
            await connections.Database.ExecuteAsync(EventFeedSql.StoreProbe, row, cancellationToken);
            feed.Set();
        }
        catch (UnavailableException)
        {
            // The directory's poller logs the outage. A probe that was not stored does not arrive, which is counted.
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            SendFailed(exception);
        }
        catch (OperationCanceledException)
        {
            // The node is stopping.
        }
    }

    private void CheckPending()
    {
        lock (_gate)
        {
            if (_pending is null)
                return;
        }

        if (status.RecordFailure())
            ProbesLost(status.Missing);
    }

    private async Task ReceiveAsync(SseSubscriber stream)
    {
        using (stream)
        {
            try
            {
                while (await stream.WaitAsync())
                {
                    while (stream.TryRead(out var frame))
                        Receive(frame.Span);
                }
            }
            catch (Exception exception)
            {
                ReceiveFailed(exception);
            }
        }
    }

    private void Receive(ReadOnlySpan<byte> frame)
    {
        long sentAt;
        lock (_gate)
        {
            // A probe of another node, a late one, or the first frame of the stream.
            if (_pending is not { } pending || !frame.SequenceEqual(pending.Frame.Span))
                return;

            (sentAt, _pending) = (pending.SentAt, null);
        }

        metrics.ProbeReturned(clock.GetElapsedTime(sentAt));
        if (status.RecordSuccess())
            ProbesReturned();
    }

    [LoggerMessage(
        4011, LogLevel.Warning,
        "Events do not reach this node's streams: {Probes} delivery probes in a row have not returned. The node is not ready "
            + "until one returns")]
    private partial void ProbesLost(int probes);

    [LoggerMessage(4012, LogLevel.Information, "Events reach this node's streams again")]
    private partial void ProbesReturned();

    [LoggerMessage(4013, LogLevel.Error, "Receiving delivery probes failed; the next probe uses a new stream")]
    private partial void ReceiveFailed(Exception exception);

    [LoggerMessage(4014, LogLevel.Error, "Storing a delivery probe failed")]
    private partial void SendFailed(Exception exception);
}
