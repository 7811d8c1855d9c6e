using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace SdkChat.Client;

/// <summary>Opens the stream again and again, and passes on its events.</summary>
/// <param name="query">Begins with a question mark, or is empty.</param>
internal sealed class EventStream(SdkChatClient client, string query)
{
    private const string Address = "/api/v1/sdk-chat/events/stream";

    private static readonly (SdkChatEventKinds Kind, string Name)[] Names =
    [
        (SdkChatEventKinds.ChatStarted, "chat_started"),
        (SdkChatEventKinds.ChatCompleted, "chat_completed"),
        (SdkChatEventKinds.ChatFailed, "chat_failed"),
        (SdkChatEventKinds.ChatEnded, "chat_ended"),
        (SdkChatEventKinds.BacklistTriggered, "backlist_triggered"),
    ];

    private int _failures;
    private bool _wasReady;

    /// <summary>The stream's parameters.</summary>
    public static string Query(SdkChatEventKinds kinds, Guid? profile)
    {
        ArgumentOutOfRangeException.ThrowIfZero((int)kinds, nameof(kinds));
        ArgumentOutOfRangeException.ThrowIfNotEqual((int)(kinds & ~SdkChatEventKinds.All), 0, nameof(kinds));
        var names = Names.Where(name => kinds.HasFlag(name.Kind)).Select(name => name.Name);
        return $"?events={string.Join(',', names)}" + (profile is null ? "" : $"&profile_id={profile}");
    }

    public async IAsyncEnumerable<SdkChatEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Exception? reason;
            using (var watchdog = new Watchdog(client.Options, cancellationToken))
            {
                var events = OnceAsync(watchdog).GetAsyncEnumerator(watchdog.Token);
                await using (events.ConfigureAwait(false))
                {
                    while (true)
                    {
                        (var goesOn, reason) = await MoveAsync(events, watchdog, cancellationToken).ConfigureAwait(false);
                        if (!goesOn)
                            break;
                        yield return events.Current;
                    }
                }
            }

            _failures++;
            var wait = Wait(reason);
            yield return new StreamBroken(reason, wait);
            await Task.Delay(wait, client.Options.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>Whether there is a next event, and if not, why; null where the stream just ended.</returns>
    private static async ValueTask<(bool GoesOn, Exception? Reason)> MoveAsync(
        IAsyncEnumerator<SdkChatEvent> events, Watchdog watchdog, CancellationToken cancellationToken)
    {
        try
        {
            return (await events.MoveNextAsync().ConfigureAwait(false), null);
        }
        catch (Exception broken) when (!cancellationToken.IsCancellationRequested)
        {
            return (
                false,
                watchdog.Token.IsCancellationRequested ? new TimeoutException("The stream was silent for too long.", broken) : broken);
        }
    }

    /// <summary>One opening, to its end.</summary>
    private async IAsyncEnumerable<SdkChatEvent> OnceAsync(Watchdog watchdog)
    {
        using var response = await client.SendAsync(Address + query, watchdog.Token).ConfigureAwait(false);
        var body = await response.Content.ReadAsStreamAsync(watchdog.Token).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            await foreach (var item in SseParser.Create(body).EnumerateAsync(watchdog.Token).ConfigureAwait(false))
            {
                watchdog.Feed();
                if (Read(item) is { } seen)
                    yield return seen;
            }
        }
    }

    /// <returns>Null for a ping, and for what this client does not know.</returns>
    private SdkChatEvent? Read(SseItem<string> item)
    {
        switch (item.EventType)
        {
            case "ready":
                (_failures, var afterGap, _wasReady) = (0, _wasReady, true);
                return new StreamReady(afterGap);
            case "chat_started":
                return JsonSerializer.Deserialize(item.Data, Wire.Default.ChatStarted);
            case "chat_failed":
                return JsonSerializer.Deserialize(item.Data, Wire.Default.ChatFailed);
            case "chat_ended":
                return JsonSerializer.Deserialize(item.Data, Wire.Default.ChatEnded);
            case "chat_completed":
                return JsonSerializer.Deserialize(item.Data, Wire.Default.ChatCompleted);
            case "backlist_triggered":
                return JsonSerializer.Deserialize(item.Data, Wire.Default.BacklistTriggered);
            default:
                return null;
        }
    }

    /// <summary>
    /// What the service asked for with a little on top, so that not everybody comes at once; else doubling, never twice the same.
    /// </summary>
    private TimeSpan Wait(Exception? reason)
    {
#pragma warning disable CA5394 // Nobody's secret: it only parts those who come back.
        var luck = Random.Shared.NextDouble();
#pragma warning restore CA5394
        if (reason is SdkChatException { RetryAfter: { } asked })
            return asked * (1 + luck / 4);

        var bound = Math.Min(
            client.Options.BackoffMax.TotalSeconds, client.Options.BackoffBase.TotalSeconds * Math.Pow(2, Math.Min(_failures, 30) - 1));
        return TimeSpan.FromSeconds(bound / 2 + luck * bound / 2);
    }
}
