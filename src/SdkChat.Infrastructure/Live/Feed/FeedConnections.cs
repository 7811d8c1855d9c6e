using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Npgsql;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// The feed's own connections: one listens, one reads, one notifies. An exhausted pool of requests therefore does not delay events, and
/// vice versa.
/// </summary>
internal sealed class FeedConnections : IAsyncDisposable, IDisposable
{
    private const int KeepAliveSeconds = 10;

    private const int PoolSize = 4;

    /// <summary>The maximum number of connections: the pool, the listener and the relay.</summary>
    public const int Most = PoolSize + 2;

    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlDataSource _listeners;

    public FeedConnections(IConfiguration configuration, IOptions<DatabaseOptions> options, DatabaseFailures? failures = null)
    {
        var settings = DataSourceFactory.Settings(configuration.GetConnectionString(DatabaseConnection.Name), options.Value);
        settings.ApplicationName = $"{settings.ApplicationName ?? "sdkchat"}-feed";
        settings.MinPoolSize = 0;
        settings.MaxPoolSize = PoolSize;
        _source = DataSourceFactory.Open(settings, "feed", SessionSql.WalkIndexes);
        Database = new Database(new TieredPool(_source), failures);

        settings.Pooling = false;
        settings.KeepAlive = KeepAliveSeconds;
        _listeners = DataSourceFactory.Open(settings, "listening", SessionSql.WalkIndexes);
    }

    public Database Database { get; }

    /// <summary>Opens a connection to listen on. It is never returned to a pool, so a broken one affects no other code.</summary>
    public async Task<NpgsqlConnection> OpenForListeningAsync(CancellationToken cancellationToken) =>
        await _listeners.OpenConnectionAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _listeners.DisposeAsync();
        await _source.DisposeAsync();
    }

    public void Dispose()
    {
        _listeners.Dispose();
        _source.Dispose();
    }
}
