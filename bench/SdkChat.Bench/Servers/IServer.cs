namespace SdkChat.Bench.Servers;

/// <summary>Somebody who sends what is published to all who have subscribed.</summary>
internal interface IServer : IAsyncDisposable
{
    string Name { get; }

    int Port { get; }

    /// <summary>The processes that do the work.</summary>
    IReadOnlyList<int> Processes { get; }

    /// <summary>What so many subscribers ask for: path, and, after a tab, a token.</summary>
    IReadOnlyCollection<string> Requests(int count);

    /// <summary>
    /// Publishes <paramref name="count"/> events, numbered from <paramref name="first"/>, and returns when the server has taken them.
    /// </summary>
    Task PublishAsync(int first, int count, CancellationToken cancellationToken);
}
