using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Live.Feed.Relay;

/// <summary>
/// Decides which node relays: the one that holds a lock of the database's, on a connection of its own, so that the office is free
/// as soon as the node or its connection is gone. Two that both believe to hold it do no harm: what is passed on says from where
/// to where it goes, and followers take each event once.
/// </summary>
internal sealed partial class RelayElection(
    FeedConnections connections, RedisLink redis, RelayFollowing following, FeedWakeUp feed, IOptions<RedisOptions> options, TimeProvider clock, ILogger<RelayElection> logger)
    : BackgroundService
{
    private const string TryLock = "select pg_try_advisory_lock(73313, 1)";

    private readonly TimeSpan _step = options.Value.Silence / 4;

    private volatile bool _leads;

    /// <summary>Whether this node relays.</summary>
    public bool Leads => _leads;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                // A node that follows, or could not pass anything on, does not stand.
                if (redis.IsUp && !following.IsFollowing)
                    await StandAsync(stoppingToken);
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

    /// <summary>Asks for the office; keeps it for as long as the lock is held and Redis is there.</summary>
    private async Task StandAsync(CancellationToken cancellationToken)
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
            // The relay reads at least this often, and so says that nothing has happened.
            feed.Set();
            await Task.Delay(_step, clock, cancellationToken);
            await alive.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "This node relays the feed to the others")]
    private partial void Elected();

    [LoggerMessage(LogLevel.Information, "This node relays the feed no longer")]
    private partial void Resigned();

    [LoggerMessage(LogLevel.Error, "Standing for relay failed")]
    private partial void ElectionFailed(Exception exception);
}
