using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Common.Exceptions;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// Tells the feeds of the other nodes to look. Not in the transaction that stored the events, since NOTIFY takes one lock for
/// the whole server at commit; and however many transactions commit, at most once in <see cref="Spacing"/>. The first leaves
/// at once.
/// </summary>
internal sealed partial class EventNotifier(FeedConnections connections, TimeProvider clock, ILogger<EventNotifier> logger) : BackgroundService
{
    private static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(500);

    private readonly WakeUp _bell = new();

    /// <summary>What this node's notifications carry, so that it knows its own.</summary>
    public string Node { get; } = Guid.NewGuid().ToString("n");

    public void Tell() => _bell.Set();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _bell.WaitAsync(stoppingToken);
            try
            {
                await connections.Database.ExecuteAsync(ChatEventSql.Notify, new { node = Node }, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // Their polls may find it first, but telling them late is better than not at all.
                if (exception is UnavailableException)
                    NotTold(exception.InnerException?.Message);
                else
                    NotifyFailed(exception);
                _bell.Set();
                await Task.Delay(Again, clock, stoppingToken);
            }

            await Task.Delay(Spacing, clock, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Debug, "The other nodes could not be told: {Reason}")]
    private partial void NotTold(string? reason);

    [LoggerMessage(LogLevel.Error, "Telling the other nodes failed")]
    private partial void NotifyFailed(Exception exception);
}
