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

    private readonly NpgsqlDataSource _source;

    public FeedConnections(IConfiguration configuration, IOptions<DatabaseOptions> options)
    {
        // The text as it was configured; the pool's own no longer has the password.
        var text = configuration.GetConnectionString(DependencyInjection.ConnectionStringName);
        var settings = new NpgsqlConnectionStringBuilder(text) { MaxPoolSize = 4, MinPoolSize = 0, KeepAlive = KeepAliveSeconds, ApplicationName = "sdkchat-feed" };
        _source = DataSourceFactory.Create(settings.ConnectionString, options.Value);
        Database = new Database(_source);
    }

    public Database Database { get; }

    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) => _source.OpenConnectionAsync(cancellationToken);

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    public void Dispose() => _source.Dispose();
}
