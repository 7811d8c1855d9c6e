using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace SdkChat.EndToEnd.Tests.Clients;

/// <summary>.NET's own SSE parser over HttpClient.</summary>
internal sealed class DotNetWatcher(Uri stream, string token) : IEventWatcher
{
    private readonly HttpClient _client = new()
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    public async IAsyncEnumerable<WatchedEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await foreach (var seen in ReadOnceAsync(cancellationToken))
                yield return seen;
        }
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Reads until the stream breaks. The node being away is a break too.</summary>
    private async IAsyncEnumerable<WatchedEvent> ReadOnceAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Stream body;
        try
        {
            body = await _client.GetStreamAsync(stream, cancellationToken);
        }
        catch (HttpRequestException)
        {
            yield break;
        }

        await using var events = SseParser.Create(body).EnumerateAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await MovesAsync(events))
            yield return new WatchedEvent(events.Current.EventType, events.Current.Data);
    }

    private static async Task<bool> MovesAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            return false;
        }
    }
}
