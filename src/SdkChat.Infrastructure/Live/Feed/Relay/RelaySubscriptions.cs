using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SdkChat.Infrastructure.Live.Hub;
using StackExchange.Redis;

namespace SdkChat.Infrastructure.Live.Feed.Relay;

/// <summary>
/// Hears the ends of batches, and the parts of the tenants that somebody watches here. A tenant whose channel is not heard yet
/// misses nothing: the end of a batch names its tenants, and what is missing is read from the database.
/// </summary>
internal sealed partial class RelaySubscriptions(
    RedisLink redis, RelayInbox inbox, RelayPublisher self, SseHub hub, FeedWakeUp feed, TimeProvider clock, ILogger<RelaySubscriptions> logger)
    : BackgroundService
{
    private static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a channel is heard after its last watcher left: he usually comes back.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Guid, (RedisChannel Channel, long Watched)> _heard = [];
    private readonly WakeUp _changed = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        hub.WatchedChanged += _changed.Set;
        using var timer = clock.CreateTimer(static state => ((WakeUp)state!).Set(), _changed, Linger, Linger);
        await UntilDoneAsync(async subscriber => (await subscriber.SubscribeAsync(redis.Ends)).OnMessage(message => HeardEnd(message.Message)), stoppingToken);
        while (true)
        {
            await UntilDoneAsync(FollowTheHubAsync, stoppingToken);
            await Task.Delay(Spacing, clock, stoppingToken);
            await _changed.WaitAsync(stoppingToken);
        }
    }

    private async Task UntilDoneAsync(Func<ISubscriber, Task> step, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await step(await redis.SubscriberAsync(cancellationToken));
                return;
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                NotSubscribed(exception.Message);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                SubscribingFailed(exception);
            }

            await Task.Delay(Again, clock, cancellationToken);
        }
    }

    private async Task FollowTheHubAsync(ISubscriber subscriber)
    {
        var now = clock.GetTimestamp();
        foreach (var tenant in hub.Watched)
        {
            if (!_heard.TryGetValue(tenant.Value, out var heard))
            {
                heard.Channel = redis.Parts(tenant.Value);
                await subscriber.SubscribeAsync(heard.Channel, (_, message) => HeardPart(message));
            }

            _heard[tenant.Value] = (heard.Channel, now);
        }

        foreach (var (tenant, heard) in _heard.Where(heard => clock.GetElapsedTime(heard.Value.Watched, now) >= Linger).ToArray())
        {
            await subscriber.UnsubscribeAsync(heard.Channel);
            _heard.Remove(tenant);
        }
    }

    private void HeardPart(RedisValue message) => Heard(() =>
    {
        if (JsonSerializer.Deserialize((byte[])message!, RelayJson.Default.RelayPart) is { } part && part.Relay != self.Relay)
            inbox.Offer(part);
    });

    private void HeardEnd(RedisValue message) => Heard(() =>
    {
        if (JsonSerializer.Deserialize((byte[])message!, RelayJson.Default.RelayEnd) is { } end && end.Relay != self.Relay)
            inbox.Offer(end);
    });

    private void Heard(Action take)
    {
        try
        {
            take();
            feed.Set();
        }
        catch (JsonException exception)
        {
            // Of another version, or not ours at all. What it would have said is read from the database.
            NotUnderstood(exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Debug, "Redis did not take a subscription: {Reason}")]
    private partial void NotSubscribed(string reason);

    [LoggerMessage(LogLevel.Error, "Subscribing at Redis failed")]
    private partial void SubscribingFailed(Exception exception);

    [LoggerMessage(LogLevel.Warning, "A message of the relay was not understood: {Reason}")]
    private partial void NotUnderstood(string reason);
}
