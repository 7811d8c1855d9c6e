using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SdkChat.Infrastructure.Common;
using StackExchange.Redis;

namespace SdkChat.Infrastructure.Live.Feed.Relay;

/// <summary>
/// Subscribes to the ends of batches, and to the parts of the tenants that have a stream here. A tenant whose channel is not subscribed yet
/// misses nothing: the end of a batch lists its tenants, and missing parts are read from the database.
/// </summary>
internal sealed partial class RelaySubscriptions(
    RedisLink redis, RelayInbox inbox, RelayPublisher self, RelayReception reception, ISubscribedTenants subscribed, FeedSchedule schedule,
    IOptions<RedisOptions> options, TimeProvider clock, ILogger<RelaySubscriptions> logger)
    : BackgroundService
{
    private static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a channel stays subscribed after the tenant's last stream ended: clients usually reconnect.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Guid, Subscription> _subscribed = [];
    private readonly AsyncSignal _changed = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        subscribed.SubscribedTenantsChanged += _changed.Set;
        var interval = options.Value.Silence;
        using var timer = clock.CreateTimer(static state => ((AsyncSignal)state!).Set(), _changed, interval, interval);
        await UntilDoneAsync(SubscribeToEndsAsync, stoppingToken);
        while (true)
        {
            if (redis.IsUp && reception.IsSilent)
            {
                SubscribesAgain(redis.Ends);
                await UntilDoneAsync(SubscribeToEndsAsync, stoppingToken);
            }

            await UntilDoneAsync(UpdateAsync, stoppingToken);
            await Task.Delay(Spacing, clock, stoppingToken);
            await _changed.WaitAsync(stoppingToken);
        }
    }

    /// <summary>Waits while Redis is unavailable: a subscription that fails leaves its handler in the client.</summary>
    private async Task UntilDoneAsync(Func<ISubscriber, Task> step, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var subscriber = await redis.SubscriberAsync(cancellationToken);
                if (redis.IsUp)
                {
                    await step(subscriber);
                    return;
                }

                reception.Heard();
            }
            catch (Exception exception) when (RedisLink.IsFailure(exception) && !cancellationToken.IsCancellationRequested)
            {
                NotSubscribed(exception.Message);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                SubscribingFailed(exception);
            }

            await Task.Delay(RetryInterval, clock, cancellationToken);
        }
    }

    private async Task SubscribeToEndsAsync(ISubscriber subscriber)
    {
        // Of a try that failed, or of a subscription that was lost. It costs nothing if there is none.
        await subscriber.UnsubscribeAsync(redis.Ends);
        (await subscriber.SubscribeAsync(redis.Ends)).OnMessage(message => OnEnd(message.Message));
        reception.Heard();
    }

    private async Task UpdateAsync(ISubscriber subscriber)
    {
        foreach (var (tenant, missedAt) in reception.TakeMissed())
        {
            // What was sent before the subscription may have missed it.
            if (_subscribed.TryGetValue(tenant, out var entry) && clock.GetElapsedTime(entry.Since, missedAt) > RelayInbox.PartTimeout)
            {
                SubscribesAgain(entry.Channel);
                await LeaveAsync(subscriber, tenant, entry.Channel);
            }
        }

        var now = clock.GetTimestamp();
        foreach (var tenant in subscribed.SubscribedTenants)
        {
            if (!_subscribed.TryGetValue(tenant.Value, out var entry))
            {
                entry.Channel = redis.Parts(tenant.Value);
                await subscriber.UnsubscribeAsync(entry.Channel);
                await subscriber.SubscribeAsync(entry.Channel, (_, message) => OnPart(message));
                entry.Since = clock.GetTimestamp();
            }

            _subscribed[tenant.Value] = entry with { LastUsed = now };
        }

        foreach (var (tenant, entry) in _subscribed.Where(entry => clock.GetElapsedTime(entry.Value.LastUsed, now) >= Linger).ToArray())
            await LeaveAsync(subscriber, tenant, entry.Channel);
    }

    private async Task LeaveAsync(ISubscriber subscriber, Guid tenant, RedisChannel channel)
    {
        _subscribed.Remove(tenant);
        await subscriber.UnsubscribeAsync(channel);
    }

    private void OnPart(RedisValue message) => Take(() =>
    {
        if (JsonSerializer.Deserialize((byte[])message!, RelayJson.Default.RelayPart) is { } part && part.Relay != self.Relay)
            inbox.Offer(part);
    });

    private void OnEnd(RedisValue message) => Take(() =>
    {
        var end = JsonSerializer.Deserialize((byte[])message!, RelayJson.Default.RelayEnd);
        reception.Heard();
        if (end is not null && end.Relay != self.Relay)
            inbox.Offer(end);
    });

    private void Take(Action take)
    {
        try
        {
            take();
            schedule.Set();
        }
        catch (JsonException exception)
        {
            // From another version or another application. The events are read from the database.
            NotUnderstood(exception.Message);
        }
    }

    /// <param name="Since">When it was subscribed, as a timestamp of the clock.</param>
    /// <param name="LastUsed">When the tenant last had a stream here, likewise.</param>
    private record struct Subscription(RedisChannel Channel, long Since, long LastUsed);

    [LoggerMessage(3101, LogLevel.Debug, "Redis refused a subscription: {Reason}")]
    private partial void NotSubscribed(string reason);

    [LoggerMessage(3102, LogLevel.Error, "Subscribing to Redis failed")]
    private partial void SubscribingFailed(Exception exception);

    [LoggerMessage(3103, LogLevel.Warning, "A message of the relay could not be parsed: {Reason}")]
    private partial void NotUnderstood(string reason);

    [LoggerMessage(3104, LogLevel.Debug, "Nothing that was waited for has arrived on channel {Channel}; subscribing again")]
    private partial void SubscribesAgain(RedisChannel channel);
}
