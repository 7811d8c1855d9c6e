using Microsoft.Extensions.Logging;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Workers;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// Notifies the feeds of the other nodes, at most once in <see cref="Spacing"/>; the first notification is sent at once. Not in the
/// transaction that stored the events, since NOTIFY takes a lock for the whole server at commit.
/// </summary>
internal sealed class EventNotifier(FeedConnections connections, TimeProvider clock, ILogger<EventNotifier> logger)
    : BackgroundWorker(logger)
{
    private static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(500);

    private readonly AsyncSignal _signal = new();

    /// <summary>The payload of this node's notifications, so that it recognises its own.</summary>
    public string Node { get; } = Guid.NewGuid().ToString("n");

    /// <summary>Whether a notification must be sent.</summary>
    public bool IsPending => _signal.IsSet;

    /// <summary>Requests a notification. Returns at once.</summary>
    public void Notify() => _signal.Set();

    protected override string Work => "NOTIFY to the other nodes";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _signal.WaitAsync(stoppingToken);
            if (!await TryAsync(NotifyOthersAsync, stoppingToken))
            {
                // The polls of the other nodes may find the events first; a late notification still helps.
                _signal.Set();
                await Task.Delay(RetryInterval, clock, stoppingToken);
            }

            await Task.Delay(Spacing, clock, stoppingToken);
        }
    }

    private Task NotifyOthersAsync(CancellationToken cancellationToken) =>
        connections.Database.ExecuteAsync(EventFeedSql.Notify, new { node = Node }, cancellationToken);
}
