using System.Collections.Concurrent;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// A cache of directory rows (tenants, keys). Rows are read at first use and removed together when the directory's revision changes. While
/// the revision cannot be read, the cache is not used, so a result is never older than the poll's interval plus <see cref="MaxSilence"/>.
/// </summary>
internal sealed class DirectoryCache<TKey, TValue>(Heartbeat heartbeat)
    where TKey : notnull
    where TValue : class
{
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(3);

    private ConcurrentDictionary<TKey, TValue> _entries = new();

    /// <param name="load">Reads the row from storage. Null is not cached, so that invented keys cannot fill the memory.</param>
    public async ValueTask<TValue?> GetAsync(TKey key, Func<TKey, CancellationToken, Task<TValue?>> load, CancellationToken cancellationToken)
    {
        // If a change clears the cache during a load, the load writes into the old dictionary, which is no longer read.
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
