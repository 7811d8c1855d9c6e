using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SdkChat.Application.Common.Exceptions;
using SdkChat.Infrastructure.Common;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// Notifies the feeds of the other nodes. Not in the transaction that stored the events, since NOTIFY takes one lock for the whole
/// server at commit, and at most once in <see cref="Spacing"/>. The first notification is sent at once.
/// </summary>
internal sealed partial class EventNotifier(FeedConnections connections, TimeProvider clock, ILogger<EventNotifier> logger) : BackgroundService
{
    private static readonly TimeSpan Spacing = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(500);

    private readonly AsyncSignal _signal = new();

    /// <summary>The payload of this node's notifications, so that it recognises its own.</summary>
    public string Node { get; } = Guid.NewGuid().ToString("n");

    /// <summary>Whether a notification is to be sent.</summary>
    public bool IsPending => _signal.IsSet;

    /// <summary>Returns at once.</summary>
    public void Notify() => _signal.Set();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await _signal.WaitAsync(stoppingToken);
            try
            {
                await connections.Database.ExecuteAsync(ChatEventSql.Notify, new { node = Node }, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // The polls of the other nodes may find the events first; a late notification still helps.
                if (exception is UnavailableException)
                    NotNotified(exception.InnerException?.Message);
                else
                    NotifyFailed(exception);
                _signal.Set();
                await Task.Delay(RetryInterval, clock, stoppingToken);
            }

            await Task.Delay(Spacing, clock, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Debug, "NOTIFY is not possible: {Reason}")]
    private partial void NotNotified(string? reason);

    [LoggerMessage(LogLevel.Error, "NOTIFY to the other nodes failed")]
    private partial void NotifyFailed(Exception exception);
}
