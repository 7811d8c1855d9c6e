using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Live;

/// <summary>
/// Tells the other nodes that this one has committed events. A statement of its own, outside the transactions that made
/// them: NOTIFY takes a lock that all committing notifiers of the server share. Signals that gather while one is sent
/// become one.
/// </summary>
internal sealed partial class EventNotifier(Database database, EventSignal signal, NodeIdentity node, ILogger<EventNotifier> logger) : BackgroundService
{
    public const string Channel = "sdkchat_events";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await signal.WaitToNotifyAsync(stoppingToken);
            try
            {
                await database.ExecuteAsync(EventSql.Notify, new { channel = Channel, node = node.Value }, stoppingToken);
            }
            catch (UnavailableException exception)
            {
                // The other nodes find the events at their next poll.
                NotifyFailed(exception.InnerException?.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Debug, "Other nodes could not be told of new events: {Reason}")]
    private partial void NotifyFailed(string? reason);
}
