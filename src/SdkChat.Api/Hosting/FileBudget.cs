using Microsoft.Extensions.Options;
using SdkChat.Api.Hosting.Transport;
using SdkChat.Infrastructure.Live;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Api.Hosting;

/// <summary>
/// Compares the configured limits with the number of files that the process may open. If they do not fit, it logs a warning at the start
/// and limits the connections.
/// </summary>
internal sealed partial class FileBudget(
    FileLimit limit, IOptions<ServerOptions> server, IOptions<LiveOptions> live, IOptions<DatabaseOptions> database, TimeProvider clock,
    ILogger<FileBudget> logger) : IHostedService
{
    /// <summary>The maximum number of concurrent connections, streams included.</summary>
    public int Connections => limit.Connections(database.Value.MaxPoolSize);

    public ConnectionRegistry CreateRegistry(ConnectionMetrics metrics) =>
        new(Connections, Math.Min(server.Value.MaxIdleConnections, Connections / 2), metrics, clock);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var (connections, streams, pool) = (server.Value.MaxConnections, live.Value.MaxStreams, database.Value.MaxPoolSize);
        var needed = FileLimit.Needed(connections, streams, pool);
        if (needed > limit.Most)
            DoesNotFit(limit.Most, needed, connections, streams, pool, Connections);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(
        1001, LogLevel.Warning,
        "The process may have {Limit} files open, and the settings may need {Needed}: Server:MaxConnections {Connections}, Live:MaxStreams "
            + "{Streams}, Database:MaxPoolSize {Pool}, and its own. It holds at most {Served} connections, streams among them: "
            + "raise LimitNOFILE or ulimit -n to {Needed}, or lower the settings")]
    private partial void DoesNotFit(long limit, long needed, int connections, int streams, int pool, int served);
}
