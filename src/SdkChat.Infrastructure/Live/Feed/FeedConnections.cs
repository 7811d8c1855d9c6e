using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Npgsql;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// The feed's own connections: one listens, one reads, one notifies. The pool of the requests may be exhausted without
/// delaying an event, and the other way round.
/// </summary>
internal sealed class FeedConnections : IAsyncDisposable, IDisposable
{
    private const int KeepAliveSeconds = 10;

    /// <summary>
    /// Events are read when there are none yet, as after a start and whenever a partition was emptied, and the plan is kept: that of an
    /// empty table is to read all of it, and a minute later it is not empty. Being told not to, the planner thinks of the little
    /// tables that have no index as dear, and would compile what reads them.
    /// </summary>
    private const string WalkIndexes = "-c enable_seqscan=off -c jit=off";

    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlDataSource _listeners;

    public FeedConnections(IConfiguration configuration, IOptions<DatabaseOptions> options)
    {
        var settings = DataSourceFactory.Settings(configuration.GetConnectionString(DependencyInjection.ConnectionStringName), options.Value);
        settings.ApplicationName = $"{settings.ApplicationName ?? "sdkchat"}-feed";
        settings.Options = $"{settings.Options} {WalkIndexes}".TrimStart();
        settings.MinPoolSize = 0;
        settings.MaxPoolSize = 4;
        _source = DataSourceFactory.Open(settings, "feed");
        Database = new Database(_source);

        settings.Pooling = false;
        settings.KeepAlive = KeepAliveSeconds;
        _listeners = DataSourceFactory.Open(settings, "listening");
    }

    public Database Database { get; }

    /// <summary>A connection to listen on. Nobody else ever gets it, so one that has gone deaf does no further harm.</summary>
    public async Task<NpgsqlConnection> OpenForListeningAsync(CancellationToken cancellationToken) => await _listeners.OpenConnectionAsync(cancellationToken);

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
