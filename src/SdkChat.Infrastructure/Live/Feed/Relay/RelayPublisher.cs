using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SdkChat.Infrastructure.Live.Feed.Relay;

/// <summary>
/// Sends the batches that this node relays, outside the feed's loop: an unresponsive Redis must not delay this node's own streams.
/// </summary>
internal sealed partial class RelayPublisher(RedisLink redis, TimeProvider clock, ILogger<RelayPublisher> logger) : BackgroundService
{
    private const int MostWaiting = 64;
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(5);

    /// <summary>A new name with each start, so that a restarted node is not taken for the one before.</summary>
    public string Relay { get; } = Guid.NewGuid().ToString("n");

    private readonly Channel<Passage> _waiting = Channel.CreateBounded<Passage>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    private long _batch;

    /// <returns>False if the batch will not be sent: followers must notice the gap.</returns>
    public bool TrySend(FeedPosition from, FeedPosition to, IReadOnlyList<FeedItem> events) =>
        _waiting.Writer.TryWrite(new Passage(from, to, events));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var passage in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await SendAsync(passage, stoppingToken);
            }
            catch (Exception exception) when (RedisLink.IsFailure(exception) && !stoppingToken.IsCancellationRequested)
            {
                // Redis is unavailable, which the link logs once. Followers see that a batch is missing and read the database.
                NotPassed(exception.Message);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                PassingFailed(exception);
            }
        }
    }

    private async Task SendAsync(Passage passage, CancellationToken cancellationToken)
    {
        var subscriber = await redis.SubscriberAsync(cancellationToken);
        var batch = ++_batch;
        var parts = passage.Events.Select(RelayedEvent.From).GroupBy(relayed => relayed.Tenant)
            .Select(tenant => new RelayPart(Relay, batch, tenant.Key, [.. tenant])).ToArray();
        var end = new RelayEnd(
            Relay, batch, RelayedPosition.From(passage.From), RelayedPosition.From(passage.To), [.. parts.Select(part => part.Tenant)]);
        // Without waiting in between: on one connection they arrive in this order.
        Task[] sent =
        [
            .. parts.Select(part => subscriber.PublishAsync(redis.Parts(part.Tenant), RelayJson.Write(part))),
            subscriber.PublishAsync(redis.Ends, RelayJson.Write(end)),
        ];
        // The client has a time limit of its own; this holds if it loses track of a message.
        await Task.WhenAll(sent).WaitAsync(SendTimeout, clock, cancellationToken);
    }

    private sealed record Passage(FeedPosition From, FeedPosition To, IReadOnlyList<FeedItem> Events);

    [LoggerMessage(3121, LogLevel.Debug, "A batch could not be relayed: {Reason}")]
    private partial void NotPassed(string reason);

    [LoggerMessage(3122, LogLevel.Error, "Relaying a batch failed")]
    private partial void PassingFailed(Exception exception);
}
