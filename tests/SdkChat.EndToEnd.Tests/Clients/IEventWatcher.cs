namespace SdkChat.EndToEnd.Tests.Clients;

/// <summary>A real client that watches a stream and comes back by itself when it breaks.</summary>
internal interface IEventWatcher : IAsyncDisposable
{
    /// <summary>Events in the order in which they came. Ends when the client does.</summary>
    IAsyncEnumerable<WatchedEvent> WatchAsync(CancellationToken cancellationToken);
}

internal sealed record WatchedEvent(string Name, string Data);
