using System.Collections.Concurrent;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// Rows of the directory (tenants, keys) in memory: read when first asked for, dropped together when the directory's
/// revision has moved. While the revision cannot be read, nothing is served from memory, so that an answer is never
/// older than the poll's interval plus <see cref="MaxSilence"/>.
/// </summary>
internal sealed class DirectoryCache<TKey, TValue>(Heartbeat heartbeat)
    where TKey : notnull
    where TValue : class
{
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(3);

    private ConcurrentDictionary<TKey, TValue> _entries = new();

    /// <param name="load">Asks storage; null is not remembered, so that made-up keys cannot fill the memory.</param>
    public async ValueTask<TValue?> GetAsync(TKey key, Func<TKey, CancellationToken, Task<TValue?>> load, CancellationToken cancellationToken)
    {
        // A load that a change overtakes writes into the dictionary it started with, which nobody reads any more.
        var entries = Volatile.Read(ref _entries);
        if (heartbeat.Silence < MaxSilence && entries.TryGetValue(key, out var known))
            return known;

        var loaded = await load(key, cancellationToken);
        if (loaded is not null)
            entries[key] = loaded;
        return loaded;
    }

    public void Clear() => Volatile.Write(ref _entries, new ConcurrentDictionary<TKey, TValue>());
}
