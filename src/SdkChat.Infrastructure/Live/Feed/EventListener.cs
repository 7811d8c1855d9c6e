using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using SdkChat.Infrastructure.Live.Feed.Relay;
using SdkChat.Infrastructure.Nodes;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Live.Feed;

/// <summary>
/// Hears the notifications of the other nodes on a connection of its own. A listener that hears nothing may be deaf (a
/// connection that died without a word, a pooler in between that does not pass notifications on): after a silence it has this
/// node notify itself, and when it does not hear that either it starts anew. Until it hears, the feed polls oftener. A node
/// that follows a relay does not listen: every listener costs every notifier.
/// </summary>
internal sealed partial class EventListener(
    FeedConnections connections,
    FeedWakeUp feed,
    IFeedRelay relay,
    EventNotifier notifier,
    NodeBell inquiries,
    IOptions<LiveOptions> options,
    TimeProvider clock,
    ILogger<EventListener> logger) : BackgroundService
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly TimeSpan _patience = TimeSpan.FromSeconds(options.Value.ListenSilenceSeconds);

    private TimeSpan _pause = FirstPause;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            while (relay.IsFollowing)
                await Task.Delay(Look, clock, stoppingToken);
            try
            {
                await ListenAsync(stoppingToken);
                if (!relay.IsFollowing)
                    Deaf();
            }
            catch (Exception exception) when (DatabaseFailure.IsOutage(exception))
            {
                ListenerBroke(DatabaseFailure.Describe(exception));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                ListenFailed(exception);
            }

            feed.Hears(false);
            await Task.Delay(_pause, clock, stoppingToken);
            _pause = TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, LongestPause.Ticks));
        }
    }

    /// <summary>Listens until it finds itself deaf, or has no need to hear.</summary>
    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await connections.OpenForListeningAsync(cancellationToken);
        connection.Notification += Heard;
        try
        {
            await using (var listen = new NpgsqlCommand(ChatEventSql.Listen, connection))
                await listen.ExecuteNonQueryAsync(cancellationToken);

            // Nothing counts as heard before the first test: whatever stands between may not pass notifications on.
            do
                notifier.Tell();
            while (!relay.IsFollowing && await connection.WaitAsync(_patience, cancellationToken) && await HearAsync(connection, cancellationToken));
        }
        finally
        {
            connection.Notification -= Heard;
        }
    }

    /// <summary>Goes on until there has been silence for as long as it has patience.</summary>
    private async Task<bool> HearAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        while (!relay.IsFollowing && await connection.WaitAsync(_patience, cancellationToken))
        {
            // Waiting is all there is to do: what it hears rings the bell.
        }

        return true;
    }

    private void Heard(object sender, NpgsqlNotificationEventArgs notification)
    {
        _pause = FirstPause;
        var isNew = feed.Hears(true);
        if (isNew)
            Hears();
        var isInquiry = notification.Channel == ChatEventSql.InquiryChannel;
        if (isInquiry)
            inquiries.Set();
        // While it was deaf others may have spoken.
        if (isNew || (!isInquiry && notification.Payload != notifier.Node))
            feed.Set();
    }

    [LoggerMessage(LogLevel.Debug, "Notifications are heard")]
    private partial void Hears();

    [LoggerMessage(LogLevel.Warning, "Notifications are not heard, not even this node's own; the feed polls instead")]
    private partial void Deaf();

    [LoggerMessage(LogLevel.Warning, "Listening for notifications broke off: {Reason}; the feed polls until it is back")]
    private partial void ListenerBroke(string reason);

    [LoggerMessage(LogLevel.Error, "Listening for notifications failed; the feed polls until it is back")]
    private partial void ListenFailed(Exception exception);
}
