using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Live;

/// <summary>
/// Hears of events that other nodes have committed, on a connection of its own. When it has heard nothing for a while, it
/// notifies itself: a connection that has gone deaf (a proxy that dropped it, a pooler that shares it) is replaced.
/// Meanwhile the feed polls.
/// </summary>
internal sealed partial class EventListener(
    NpgsqlConnectionStringBuilder settings, Database database, EventSignal signal, NodeIdentity node, ILogger<EventListener> logger) : BackgroundService
{
    private static readonly TimeSpan SelfTestEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SelfTestWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BackOff = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await ListenAsync(stoppingToken);
                Deaf();
            }
            catch (Exception exception) when (Unavailability.Explains(exception) || exception is Application.Common.Exceptions.UnavailableException)
            {
                ListenFailed(exception.Message);
            }

            await Task.Delay(BackOff, stoppingToken);
        }
    }

    /// <summary>Returns when the connection has gone deaf.</summary>
    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(settings.ConnectionString) { Pooling = false }.ConnectionString);
        var heard = false;
        connection.Notification += (_, notification) =>
        {
            heard = true;
            if (notification.Payload != node.Value)
                signal.EventsElsewhere();
        };
        await connection.OpenAsync(cancellationToken);
        await using (var listen = new NpgsqlCommand($"listen {EventNotifier.Channel}", connection))
            await listen.ExecuteNonQueryAsync(cancellationToken);

        // What was committed between two connections was announced to nobody here.
        signal.EventsElsewhere();
        while (true)
        {
            heard = false;
            if (await connection.WaitAsync(SelfTestEvery, cancellationToken) || heard)
                continue;

            await database.ExecuteAsync(EventSql.Notify, new { channel = EventNotifier.Channel, node = node.Value }, cancellationToken);
            if (!await connection.WaitAsync(SelfTestWithin, cancellationToken) && !heard)
                return;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The listener has gone deaf; it is replaced")]
    private partial void Deaf();

    [LoggerMessage(LogLevel.Debug, "Listening for other nodes' events failed: {Reason}")]
    private partial void ListenFailed(string reason);
}
