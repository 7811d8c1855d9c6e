using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using SdkChat.Infrastructure.Common;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// Listens for the notifications of the other nodes on its own connection. A silent connection may be broken, or a pooler may not forward
/// notifications. After a silence this node therefore notifies itself, and opens a new connection if that does not arrive. While no
/// notification arrives the feed polls more often. A node that follows a relay does not listen, since every listener slows every NOTIFY.
/// </summary>
internal sealed partial class EventListener(
    FeedConnections connections,
    FeedSchedule schedule,
    IFeedRelay relay,
    EventNotifier notifier,
    SurveySignal surveys,
    IOptions<LiveOptions> options,
    TimeProvider clock,
    ILogger<EventListener> logger) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RelayCheckInterval = TimeSpan.FromMilliseconds(200);

    private readonly TimeSpan _silence = TimeSpan.FromSeconds(options.Value.ListenSilenceSeconds);

    private TimeSpan _pause = FirstPause;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            while (relay.IsFollowing)
                await Task.Delay(RelayCheckInterval, clock, stoppingToken);
            try
            {
                await ListenAsync(stoppingToken);
                if (!relay.IsFollowing)
                    NotListening();
            }
            catch (Exception exception) when (DatabaseFailure.IsOutage(exception))
            {
                ListenerBroke(DatabaseFailure.Describe(exception));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                ListenFailed(exception);
            }

            schedule.SetListening(false);
            await Task.Delay(_pause, clock, stoppingToken);
            _pause = TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, LongestPause.Ticks));
        }
    }

    /// <summary>Listens until notifications stop arriving, or the node follows a relay.</summary>
    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenForListeningAsync(cancellationToken);
        connection.Notification += OnNotification;
        try
        {
            await using (var listen = new NpgsqlCommand(EventFeedSql.Listen, connection))
                await listen.ExecuteNonQueryAsync(cancellationToken);

            // The first own notification proves that notifications arrive.
            do
                notifier.Notify();
            while (!relay.IsFollowing && await connection.WaitAsync(_silence, cancellationToken)
                && await ReceiveAsync(connection, cancellationToken));
        }
        finally
        {
            connection.Notification -= OnNotification;
        }
    }

    /// <summary>Receives notifications until there is a silence.</summary>
    private async Task<bool> ReceiveAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        while (!relay.IsFollowing && await connection.WaitAsync(_silence, cancellationToken))
        {
            // The notification handler does the work.
        }

        return true;
    }

    private void OnNotification(object sender, NpgsqlNotificationEventArgs notification)
    {
        _pause = FirstPause;
        var isNew = schedule.SetListening(true);
        if (isNew)
            ListeningStarted();
        var isSurvey = notification.Channel == EventFeedSql.SurveyChannel;
        if (isSurvey)
            surveys.Set();
        // Other notifications may have been lost before.
        if (isNew || (!isSurvey && notification.Payload != notifier.Node))
            schedule.Set();
    }

    [LoggerMessage(3011, LogLevel.Debug, "LISTEN works: notifications arrive")]
    private partial void ListeningStarted();

    [LoggerMessage(3012, LogLevel.Warning, "LISTEN does not work: not even this node's own notification arrives; the feed polls instead")]
    private partial void NotListening();

    [LoggerMessage(3013, LogLevel.Warning, "The connection for LISTEN was lost: {Reason}; the feed polls until it is back")]
    private partial void ListenerBroke(string reason);

    [LoggerMessage(3014, LogLevel.Error, "LISTEN failed; the feed polls until it works again")]
    private partial void ListenFailed(Exception exception);
}
