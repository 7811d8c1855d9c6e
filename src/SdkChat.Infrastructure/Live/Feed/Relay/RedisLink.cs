using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace SdkChat.Infrastructure.Live.Feed.Relay;

/// <summary>
/// This node's connections to Redis, and the names of the channels. Redis may be unavailable at the start and at any later time: the client
/// reconnects by itself, and no other code waits for it.
/// </summary>
internal sealed partial class RedisLink(IConfiguration configuration, IOptions<RedisOptions> options, ILogger<RedisLink> logger)
    : IAsyncDisposable
{
    private static readonly Version FirstWithShardedChannels = new(7, 0);

    /// <summary>The replies of Redis to a wrong or missing password or user.</summary>
    private static readonly string[] Refusals = ["WRONGPASS", "NOAUTH", "invalid password", "AuthenticationFailure"];

    private readonly SemaphoreSlim _once = new(1);

    private volatile ConnectionMultiplexer? _redis;

    public bool IsUp => _redis is { IsConnected: true };

    /// <summary>The channel for the ends of batches.</summary>
    public RedisChannel Ends => RedisChannel.Literal($"{options.Value.ChannelPrefix}:feed");

    /// <summary>
    /// A tenant's channel. In a cluster, a message on a sharded channel is sent only to the nodes of its shard. A server without sharded
    /// channels (before 7.0) gets an ordinary one.
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

    /// <summary>The client also cancels a command whose connection broke before it was sent.</summary>
    public static bool IsFailure(Exception exception) => exception is RedisException or TimeoutException or OperationCanceledException;

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
        // Messages are not queued for later: a follower that misses one reads the database.
        settings.BacklogPolicy = BacklogPolicy.FailFast;
        settings.ReconnectRetryPolicy = new LinearRetry(500);
        settings.AsyncTimeout = 1000;
        var redis = await ConnectionMultiplexer.ConnectAsync(settings);
        redis.ConnectionFailed += (_, failure) => Lost(failure.ConnectionType, Describe(failure.FailureType, failure.Exception));
        redis.ConnectionRestored += (_, restored) => Back(restored.ConnectionType);
        if (!redis.IsConnected)
            Lost(ConnectionType.Subscription, await FirstFailureAsync(settings));
        return redis;
    }

    /// <summary>A client that reconnects by itself does not report why it could not connect; one that gives up does.</summary>
    private static async Task<string> FirstFailureAsync(ConfigurationOptions settings)
    {
        var once = settings.Clone();
        (once.AbortOnConnectFail, once.ConnectRetry) = (true, 0);
        try
        {
            await using var probe = await ConnectionMultiplexer.ConnectAsync(once);
            return Describe(ConnectionFailureType.UnableToConnect, null);
        }
        catch (RedisConnectionException exception)
        {
            return Describe(exception.FailureType, exception);
        }
    }

    internal static string Describe(ConnectionFailureType failure, Exception? exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (Refusals.Any(refusal => cause.Message.Contains(refusal, StringComparison.Ordinal)))
                return $"{nameof(ConnectionFailureType.AuthenticationFailure)}: correct user and password in "
                    + $"ConnectionStrings__{RedisOptions.ConnectionStringName}";
        }

        return failure.ToString();
    }

    [LoggerMessage(3131, LogLevel.Warning, "Redis is unavailable ({Connection}: {Failure}); this node reads the database until it is back")]
    private partial void Lost(ConnectionType connection, string failure);

    [LoggerMessage(3132, LogLevel.Information, "Redis is back ({Connection})")]
    private partial void Back(ConnectionType connection);
}
