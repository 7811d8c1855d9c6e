using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Live.Feed.Relay;

/// <summary>
/// Elects the node that relays: the one that holds an advisory lock on its own connection, so that the lock is free as soon as the node or
/// its connection is lost. Two leaders at once do no harm: each message has a start and an end position, and followers take each event
/// once.
/// </summary>
internal sealed partial class RelayElection(
    FeedConnections connections, RedisLink redis, RelayFollowing following, FeedSchedule schedule, IOptions<RedisOptions> options,
    TimeProvider clock, ILogger<RelayElection> logger)
    : BackgroundService
{
    private const string TryLock = "select pg_try_advisory_lock(73313, 1)";

    private readonly TimeSpan _step = options.Value.Silence / 4;

    private volatile bool _leads;

    /// <summary>Whether this node is the leader and relays.</summary>
    public bool Leads => _leads;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                // A node that follows, or has no connection to Redis, is not a candidate.
                if (redis.IsUp && !following.IsFollowing)
                    await LeadAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                if (!DatabaseFailure.IsOutage(exception))
                    ElectionFailed(exception);
            }
            finally
            {
                if (_leads)
                    Resigned();
                _leads = false;
            }

            await Task.Delay(_step, clock, stoppingToken);
        }
    }

    /// <summary>Tries to get the lock; leads while it is held and Redis is available.</summary>
    private async Task LeadAsync(CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenForListeningAsync(cancellationToken);
        await using var tryLock = new NpgsqlCommand(TryLock, connection);
        if (await tryLock.ExecuteScalarAsync(cancellationToken) is not true)
            return;

        _leads = true;
        Elected();
        await using var alive = new NpgsqlCommand("select 1", connection);
        while (redis.IsUp)
        {
            // The leader reads at least this often, so that followers know that there are no events.
            schedule.Set();
            await Task.Delay(_step, clock, cancellationToken);
            await alive.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    [LoggerMessage(3111, LogLevel.Information, "Relay leader election: this node relays the change feed to the others")]
    private partial void Elected();

    [LoggerMessage(3112, LogLevel.Information, "Relay leader election: this node no longer relays the change feed")]
    private partial void Resigned();

    [LoggerMessage(3113, LogLevel.Error, "Relay leader election failed")]
    private partial void ElectionFailed(Exception exception);
}
