using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Application.Live;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Profiles;
using SdkChat.Infrastructure.Live.Feed;
using SdkChat.Infrastructure.Live.Hub;
using SdkChat.Infrastructure.Nodes;

namespace SdkChat.Infrastructure.Live.Probe;

/// <summary>
/// Now and then stores a probe where transitions store their events, and waits for it on a stream of the node's own: the
/// table, the feed, or the relay, and the hub, all as an event finds them. Other nodes are not told of it; they find it when they
/// look the next time, and take no notice.
/// </summary>
internal sealed partial class DeliveryProbe(
    ThisNode node,
    FeedConnections connections,
    FeedWakeUp feed,
    SseHub hub,
    ProbePulse pulse,
    LiveMetrics metrics,
    IOptions<LiveOptions> options,
    TimeProvider clock,
    ILogger<DeliveryProbe> logger) : BackgroundService
{
    /// <summary>How soon a node that is not ready tries again: it is missed.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();

    /// <summary>The one that is on its way, and when it left.</summary>
    private (ReadOnlyMemory<byte> Frame, long Left)? _sent;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var interval = TimeSpan.FromSeconds(options.Value.ProbeSeconds);
        if (interval == TimeSpan.Zero)
            return;

        var (stream, receiving) = Open();
        var sending = Task.CompletedTask;
        while (!stoppingToken.IsCancellationRequested)
        {
            // It can end as any stream can: a node that has not run for a while is too slow for its own probes.
            if (receiving.IsCompleted)
                (stream, receiving) = Open();
            // One that cannot even leave is missing as well.
            if (sending.IsCompleted)
                sending = TrySendAsync(stoppingToken);
            await Task.Delay(Pause(interval), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // Told to stop: what is still on its way says nothing.
            if (!stoppingToken.IsCancellationRequested)
                Judge();
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
        pulse.IsLost && interval > Soon ? Soon : interval * (0.8 + (0.4 * Random.Shared.NextDouble()));

    private async Task TrySendAsync(CancellationToken cancellationToken)
    {
        var probe = new ProbeSent(new ChatId(node.Id), new ProfileId(Guid.NewGuid()));
        lock (_gate)
            _sent = (SseFrames.Probe(probe).ToArray(), clock.GetTimestamp());
        try
        {
            var row = new { tenant = ProbeSent.Nobody.Value, node = node.Id, probe = probe.Profile.Value };
            await connections.Database.ExecuteAsync(ChatEventSql.StoreProbe, row, cancellationToken);
            feed.Set();
        }
        catch (UnavailableException)
        {
            // Others tell of the outage. A probe that could not leave does not come back, which is all that counts.
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            SendFailed(exception);
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }
    }

    private void Judge()
    {
        lock (_gate)
        {
            if (_sent is null)
                return;
        }

        if (pulse.Missed())
            Lost(pulse.Missing);
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
        long left;
        lock (_gate)
        {
            // Another node's, one that is late, or what every stream begins with.
            if (_sent is not { } sent || !frame.SequenceEqual(sent.Frame.Span))
                return;

            (left, _sent) = (sent.Left, null);
        }

        metrics.ProbeReturned(clock.GetElapsedTime(left));
        if (pulse.Returned())
            Found();
    }

    [LoggerMessage(LogLevel.Warning, "Events do not get to this node's streams: {Probes} probes in a row have not come back. It is not ready until one has")]
    private partial void Lost(int probes);

    [LoggerMessage(LogLevel.Information, "Events get to this node's streams again")]
    private partial void Found();

    [LoggerMessage(LogLevel.Error, "Receiving probes failed; the next one has a new stream")]
    private partial void ReceiveFailed(Exception exception);

    [LoggerMessage(LogLevel.Error, "Sending a probe failed")]
    private partial void SendFailed(Exception exception);
}
