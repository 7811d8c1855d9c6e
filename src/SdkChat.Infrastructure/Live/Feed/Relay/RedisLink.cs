using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace SdkChat.Infrastructure.Live.Feed.Relay;

/// <summary>
/// This node's connections to Redis, and what the channels are called. Redis may be away at the start and at any time after:
/// the client comes back by itself, and nothing waits for it.
/// </summary>
internal sealed partial class RedisLink(IConfiguration configuration, IOptions<RedisOptions> options, ILogger<RedisLink> logger) : IAsyncDisposable
{
    private static readonly Version FirstWithShardedChannels = new(7, 0);

    private readonly SemaphoreSlim _once = new(1);

    private volatile ConnectionMultiplexer? _redis;

    public bool IsUp => _redis is { IsConnected: true };

    /// <summary>The channel on which batches end.</summary>
    public RedisChannel Ends => RedisChannel.Literal($"{options.Value.ChannelPrefix}:feed");

    /// <summary>
    /// A tenant's channel. In a cluster a message on a sharded channel goes to the nodes of its shard alone; a server that
    /// has none (before 7.0) takes an ordinary one.
    /// </summary>
    public RedisChannel Parts(Guid tenant)
    {
        var name = $"{options.Value.ChannelPrefix}:tenant:{tenant}";
        return IsSharded ? RedisChannel.Sharded(name) : RedisChannel.Literal(name);
    }

    private bool IsSharded => _redis?.GetServers().Any(server => server.IsConnected && server.Version >= FirstWithShardedChannels) == true;

    public async Task<ISubscriber> SubscriberAsync(CancellationToken cancellationToken)
    {
        if (_redis is { } redis)
            return redis.GetSubscriber();

        await _once.WaitAsync(cancellationToken);
        try
        {
            _redis ??= await ConnectAsync();
            return _redis.GetSubscriber();
        }
        finally
        {
            _once.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_redis is { } redis)
            await redis.DisposeAsync();
        _once.Dispose();
    }

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        var settings = ConfigurationOptions.Parse(configuration.GetConnectionString(RedisOptions.ConnectionStringName)!);
        settings.AbortOnConnectFail = false;
        settings.ClientName ??= "sdkchat";
        // What cannot be sent now is not worth sending later: whoever misses it reads the database.
        settings.BacklogPolicy = BacklogPolicy.FailFast;
        settings.ReconnectRetryPolicy = new LinearRetry(500);
        settings.AsyncTimeout = 1000;
        var redis = await ConnectionMultiplexer.ConnectAsync(settings);
        redis.ConnectionFailed += (_, failure) => Lost(failure.ConnectionType, failure.FailureType);
        redis.ConnectionRestored += (_, restored) => Back(restored.ConnectionType);
        if (!redis.IsConnected)
            Lost(ConnectionType.Subscription, ConnectionFailureType.UnableToConnect);
        return redis;
    }

    [LoggerMessage(LogLevel.Warning, "Redis is away ({Connection}: {Failure}); this node reads the database until it is back")]
    private partial void Lost(ConnectionType connection, ConnectionFailureType failure);

    [LoggerMessage(LogLevel.Information, "Redis is back ({Connection})")]
    private partial void Back(ConnectionType connection);
}
