using System.Collections.Concurrent;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// A cache of directory rows (tenants, keys). Rows are read at first use and removed together when the directory's revision changes. While
/// the revision cannot be read, the cache is not used, so a result is never older than the poll's interval plus <see cref="MaxSilence"/>
/// plus the duration of a read. Concurrent reads of one row are one statement: when thousands of streams reconnect at once, the poll is
/// late as well, and a statement for each of them would exhaust the pool.
/// </summary>
internal sealed class DirectoryCache<TKey, TValue>(Heartbeat heartbeat)
    where TKey : notnull
    where TValue : class
{
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(3);

    private Generation _current = new();

    /// <param name="load">
    /// Reads the row from storage. Null is not cached, so that invented keys cannot fill the memory. Its token is never cancelled, since
    /// other callers may share the read.
    /// </param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    public async ValueTask<TValue?> GetAsync(
        TKey key, Func<TKey, CancellationToken, Task<TValue?>> load, CancellationToken cancellationToken)
    {
        // If a change clears the cache during a read, the read completes in the old generation, which is no longer used.
        var generation = Volatile.Read(ref _current);
        return Find(generation, key) ?? await generation.LoadAsync(key, load).WaitAsync(cancellationToken);
    }

    /// <summary>The row if it is in the cache; null if storage would have to be read.</summary>
    public TValue? Find(TKey key) => Find(Volatile.Read(ref _current), key);

    private TValue? Find(Generation generation, TKey key) =>
        heartbeat.Silence < MaxSilence && generation.Rows.TryGetValue(key, out var known) ? known : null;

    public void Clear() => Volatile.Write(ref _current, new Generation());

    /// <summary>What was read since the last change, and the reads in progress.</summary>
    private sealed class Generation
    {
        private readonly ConcurrentDictionary<TKey, Lazy<Task<TValue?>>> _reads = new();

        public ConcurrentDictionary<TKey, TValue> Rows { get; } = new();

        public Task<TValue?> LoadAsync(TKey key, Func<TKey, CancellationToken, Task<TValue?>> load) =>
            _reads.GetOrAdd(
                key, static (key, read) => new Lazy<Task<TValue?>>(() => read.Generation.ReadAsync(key, read.Load)),
                (Generation: this, Load: load)).Value;

        private async Task<TValue?> ReadAsync(TKey key, Func<TKey, CancellationToken, Task<TValue?>> load)
        {
            try
            {
                var loaded = await load(key, CancellationToken.None);
                if (loaded is not null)
                    Rows[key] = loaded;
                return loaded;
            }
            finally
            {
                _reads.TryRemove(key, out _);
            }
        }
    }
}
